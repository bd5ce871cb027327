package io.podium.bench;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Latencies by percentile, from the median's side out to the slowest.
 *
 * @param name whose latencies
 */
public record Curve(String name, List<Point> points) {
  /** Of nine tenths, ninety-nine hundredths and so on, this many points between two of them. */
  private static final int PER_NINE = 8;

  /**
   * @param percentile 0 to 100
   */
  public record Point(double percentile, double micros) {}

  public Curve {
    points = List.copyOf(points);
  }

  /** As far out as the number of values allows; the last point is the slowest value. */
  public static Curve of(String name, Histogram micros) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; Math.pow(10, (double) i / PER_NINE) < micros.getTotalCount(); i++) {
      double percentile = 100 * (1 - Math.pow(10, -(double) i / PER_NINE));
      // The library takes nothing at all for the fastest.
      long value = i == 0 ? micros.getMinValue() : micros.getValueAtPercentile(percentile);
      points.add(new Point(percentile, value));
    }
    if (micros.getTotalCount() > 0) {
      points.add(new Point(100, micros.getMaxValue()));
    }
    return new Curve(name, points);
  }
}
