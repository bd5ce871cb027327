package io.podium.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Latencies of the last so many seconds. Recording is safe from any thread; reading from one. */
final class Latencies {
  private static final long HIGHEST = TimeUnit.SECONDS.toNanos(60);

  private final Recorder recorder = new Recorder(HIGHEST, 3);
  private final Deque<Histogram> kept = new ArrayDeque<>();
  private final int intervals;

  /**
   * @param intervals how many calls of {@link #recent} a measurement stays
   */
  Latencies(int intervals) {
    this.intervals = intervals;
  }

  void record(long nanos) {
    recorder.recordValue(Math.max(0, Math.min(HIGHEST, nanos)));
  }

  /** All of the kept intervals; call it in regular intervals. */
  Histogram recent() {
    kept.add(recorder.getIntervalHistogram());
    while (kept.size() > intervals) {
      kept.remove();
    }
    Histogram sum = new Histogram(HIGHEST, 3);
    kept.forEach(sum::add);
    return sum;
  }

  static double millis(Histogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile) / 1e6;
  }
}
