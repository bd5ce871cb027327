package io.podium.bench;

import java.util.List;

/**
 * The median of some rounds, and an interval that holds the true median with a confidence of at
 * least 85 %, from order statistics: no distribution is assumed (of 7 rounds the second to the
 * sixth, of 15 the fifth to the eleventh). A single round is its own interval.
 */
public record Spread(double median, double low, double high) {
  private static final double CONFIDENCE = 0.85;

  /**
   * @param rounds at least one
   */
  public static Spread of(List<Double> rounds) {
    double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    if (n == 0) {
      throw new IllegalArgumentException("no rounds");
    }
    int outside = outside(n);
    return new Spread(
        (sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[outside], sorted[n - 1 - outside]);
  }

  /** How many of the lowest, and of the highest, lie outside the interval. */
  private static int outside(int n) {
    int outside = 0;
    double term = Math.pow(0.5, n);
    double tail = term;
    while (outside < (n - 1) / 2) {
      term = term * (n - outside) / (outside + 1);
      tail += term;
      if (1 - 2 * tail < CONFIDENCE) {
        break;
      }
      outside++;
    }
    return outside;
  }

  /** High over low; infinite where low is not above 0. */
  public double factor() {
    return low > 0 ? high / low : Double.POSITIVE_INFINITY;
  }
}
