package io.podium.bench.peak;

import java.util.List;
import org.HdrHistogram.Histogram;

/** Seconds of a load, added up. */
record Totals(
    long offered, long answered, long notModified, long shed, long failed, Histogram micros) {
  static Totals of(List<Second> seconds) {
    Histogram micros = new Histogram(60_000_000L, 3);
    seconds.forEach(s -> micros.add(s.micros()));
    return new Totals(
        seconds.stream().mapToLong(Second::offered).sum(),
        seconds.stream().mapToLong(Second::answered).sum(),
        seconds.stream().mapToLong(Second::notModified).sum(),
        seconds.stream().mapToLong(Second::shed).sum(),
        seconds.stream().mapToLong(Second::failed).sum(),
        micros);
  }

  /** Of one phase. */
  static Totals of(List<Second> seconds, String phase) {
    return of(seconds.stream().filter(s -> s.phase().equals(phase)).toList());
  }

  double p99Millis() {
    return micros.getValueAtPercentile(99) / 1e3;
  }
}
