package io.podium.bench.peak;

import io.podium.bench.MeasurementException;
import io.podium.bench.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What came of a sale.
 *
 * @param fresh milliseconds to the page that showed a sale, by the moment of its 202
 * @param start when the first request was due, by {@link System#nanoTime}, as those moments
 */
record Outcome(List<Second> seconds, Map<Long, Double> fresh, long start) {
  /** A p99 below that is the timers' and not the server's. */
  static final double CALM_MILLIS = 2;

  private static final double NORMAL = 2;

  Outcome {
    // Only what was sold during the load.
    fresh =
        fresh.entrySet().stream()
            .filter(e -> e.getKey() >= start)
            .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  List<Moment> moments() {
    List<Moment> moments = new ArrayList<>();
    for (int i = 0; i < seconds.size(); i++) {
      Second s = seconds.get(i);
      moments.add(
          new Moment(
              i,
              s.phase(),
              s.offered(),
              s.answered(),
              s.shed(),
              s.failed(),
              millis(s.micros(), 50),
              millis(s.micros(), 99),
              fresh(i)));
    }
    return moments;
  }

  private static @Nullable Double millis(Histogram micros, double percentile) {
    return micros.getTotalCount() == 0 ? null : micros.getValueAtPercentile(percentile) / 1e3;
  }

  /** The slowest of those that were sold in this second. */
  private @Nullable Double fresh(int second) {
    return fresh.entrySet().stream()
        .filter(e -> (e.getKey() - start) / 1_000_000_000L == second)
        .map(Map.Entry::getValue)
        .max(Double::compare)
        .orElse(null);
  }

  /**
   * @throws MeasurementException when no sale was seen on any page
   */
  double freshP99() {
    List<Double> sorted = fresh.values().stream().sorted().toList();
    if (sorted.isEmpty()) {
      throw new MeasurementException("no page ever showed a sale that was watched");
    }
    return sorted.get((int) Math.ceil(0.99 * sorted.size()) - 1);
  }

  /**
   * Seconds after the spike until one is normal: its median at most twice the sale's, or calm, and
   * nothing shed or failed. As many as there are when none is.
   */
  int recovery() {
    double sale = Totals.of(seconds, Plan.SALE).micros().getValueAtPercentile(50) / 1e3;
    List<Second> after = seconds.stream().filter(s -> s.phase().equals(Plan.SOAK)).toList();
    for (int i = 0; i < after.size(); i++) {
      Second s = after.get(i);
      double median = s.micros().getValueAtPercentile(50) / 1e3;
      if (s.shed() == 0 && s.failed() == 0 && median <= Math.max(CALM_MILLIS, NORMAL * sale)) {
        return i;
      }
    }
    return after.size();
  }

  /** Failed reads that got no answer, or could not even be asked: all visitors were waiting. */
  long unanswered() {
    return seconds.stream().mapToLong(s -> s.failed() - s.wrong()).sum();
  }

  /** What failed reads were answered with; empty when nothing was. */
  String faults() {
    List<String> all =
        seconds.stream().map(Second::faults).filter(f -> !f.isEmpty()).distinct().limit(5).toList();
    return all.isEmpty() ? "" : " (" + String.join(", ", all) + ")";
  }
}
