package io.podium.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Values onto a length of 0 to 1.
 *
 * @param low above 0 where it is logarithmic
 */
record Scale(double low, double high, boolean isLog) {
  private static final int LINEAR_TICKS = 4;

  /** From 0 to a round number at or above the highest. */
  static Scale linear(double highest) {
    double step = step(highest / LINEAR_TICKS);
    return new Scale(0, Math.max(1, Math.ceil(highest / step)) * step, false);
  }

  /** Whole decades around both. */
  static Scale decades(double lowest, double highest) {
    double low = Math.pow(10, Math.floor(Math.log10(Math.max(1e-3, lowest))));
    double high = Math.pow(10, Math.ceil(Math.log10(Math.max(low * 10, highest))));
    return new Scale(low, high, true);
  }

  /** 1, 2 or 5 times a power of ten, at least that much. */
  private static double step(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(1e-3, atLeast))));
    for (double times : new double[] {1, 2, 5}) {
      if (times * power >= atLeast) {
        return times * power;
      }
    }
    return 10 * power;
  }

  /** What lies outside is put on the edge. */
  double share(double value) {
    double share =
        isLog
            ? Math.log(Math.max(low, value) / low) / Math.log(high / low)
            : (value - low) / (high - low);
    return Math.max(0, Math.min(1, share));
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (isLog) {
      for (double tick = low; tick <= high * 1.001; tick *= 10) {
        ticks.add(tick);
      }
    } else {
      double step = step((high - low) / LINEAR_TICKS);
      for (int i = 0; low + i * step <= high * 1.001; i++) {
        ticks.add(low + i * step);
      }
    }
    return ticks;
  }
}
