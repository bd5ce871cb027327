package io.podium.bench.peak;

import io.podium.bench.MeasurementException;
import io.podium.bench.Text;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * The highest rate that is held: nothing lost, and 99 of 100 answered within 20 ms. Rates are
 * doubled until one is not held, twice; then the step before is raised by half, once.
 */
final class Capacity {
  static final long HELD_MICROS = 20_000;

  /** Beyond that one load generator beside the server is what would be measured. */
  static final int MOST = 12_000;

  /** Where not even this is held, there is nothing to begin from. */
  static final int LEAST = 200;

  private final Function<Step, Totals> load;
  private String last = "";

  Capacity(Function<Step, Totals> load) {
    this.load = load;
  }

  /**
   * @param first where to begin; halved until a rate is held
   * @throws MeasurementException when not even the least is held
   */
  int find(int first, int secondsEach) {
    int held = first;
    while (held >= LEAST && !isHeld(held, secondsEach)) {
      held /= 2;
    }
    if (held < LEAST) {
      throw new MeasurementException(
          "not even "
              + LEAST
              + " requests/s were answered within "
              + HELD_MICROS / 1_000
              + " ms ("
              + last
              + "): stop what else runs and measure again");
    }
    while (held >= first && held < MOST && isHeld(doubled(held), secondsEach)) {
      held = doubled(held);
    }
    int between = held + held / 2;
    return between < MOST && isHeld(between, secondsEach) ? between : held;
  }

  private static int doubled(int rate) {
    return Math.min(MOST, 2 * rate);
  }

  /** A second try: one stall of the machine is no limit. */
  private boolean isHeld(int rate, int seconds) {
    Step step = new Step("calibrate", rate, seconds);
    boolean isHeld = tryOnce(step);
    return isHeld || tryOnce(step);
  }

  private boolean tryOnce(Step step) {
    Totals totals = load.apply(step);
    last =
        "p99 %s ms, %d shed, %d failed"
            .formatted(Text.number(totals.p99Millis()), totals.shed(), totals.failed());
    return isHeld(totals);
  }

  static boolean isHeld(Totals totals) {
    Histogram micros = totals.micros();
    return totals.failed() == 0
        && totals.shed() == 0
        && totals.answered() > 0
        && micros.getValueAtPercentile(99) <= HELD_MICROS;
  }
}
