package io.podium.bench.peak;

import io.podium.bench.Mode;
import java.util.List;

/**
 * The rates of a sale, from the capacity that was found: an ordinary day takes a tenth of it, a
 * sale four times the day, its spike ten times within one second; then the sale goes on.
 */
record Plan(List<Step> steps) {
  static final String DAY = "day";
  static final String SALE = "sale";
  static final String SPIKE = "spike";
  static final String SOAK = "soak";

  private static final int DAY_PART = 10;
  private static final int SALE_TIMES = 4;
  private static final int SPIKE_TIMES = 10;
  private static final int FULL_TIMES = 4;

  /**
   * @param capacity requests a second that were held, 10 or more
   */
  static Plan of(int capacity, Mode mode) {
    if (capacity < DAY_PART) {
      throw new IllegalArgumentException("a capacity of " + capacity + "/s leaves no ordinary day");
    }
    int day = capacity / DAY_PART;
    int longer = mode == Mode.FULL ? FULL_TIMES : 1;
    return new Plan(
        List.of(
            new Step(DAY, day, 12 * longer),
            new Step(SALE, SALE_TIMES * day, 10 * longer),
            new Step(SPIKE, SPIKE_TIMES * day, 6 * longer),
            new Step(SOAK, SALE_TIMES * day, 14 * longer)));
  }

  int seconds() {
    return steps.stream().mapToInt(Step::seconds).sum();
  }
}
