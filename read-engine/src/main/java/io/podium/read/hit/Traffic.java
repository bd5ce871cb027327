package io.podium.read.hit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * What one event loop answered. Written by that loop without locks, read by anyone when metrics are
 * scraped.
 */
public final class Traffic {
  /** Where an answer came from; a fixed set, so that metrics have a fixed number of labels. */
  public enum Source {
    HOT(0),
    STALE(1),
    REDIS(2),
    MONGO(3),
    SELF(4);

    private final int index;

    Source(int index) {
      this.index = index;
    }
  }

  private static final long HIGHEST_AGE_MS = 86_400_000;
  private static final long HIGHEST_US = 60_000_000;

  private final AtomicLongArray byStatus = new AtomicLongArray(6);
  private final AtomicLongArray bySource = new AtomicLongArray(Source.values().length);
  private final AtomicLong bodies = new AtomicLong();
  private final AtomicLong known = new AtomicLong();
  private final SingleWriterRecorder ages = new SingleWriterRecorder(HIGHEST_AGE_MS, 2);
  private final SingleWriterRecorder latency = new SingleWriterRecorder(HIGHEST_US, 2);

  /**
   * @param body bytes of the answer's body as sent; 0 for HEAD and 304
   * @param started {@link System#nanoTime} when the request was read
   */
  public void answered(int status, Source source, int body, long started) {
    bodies.setRelease(bodies.getPlain() + body);
    increment(byStatus, Math.min(5, status / 100));
    increment(bySource, source.index);
    long us = (System.nanoTime() - started) / 1000;
    latency.recordValue(Math.max(0, Math.min(HIGHEST_US, us)));
  }

  /**
   * A page was sent.
   *
   * @param age now minus its {@code asOf}, in milliseconds
   */
  void shown(long age) {
    ages.recordValue(Math.max(0, Math.min(HIGHEST_AGE_MS, age)));
  }

  /** A request was answered whose header lines were those of an earlier one. */
  void known() {
    known.setRelease(known.getPlain() + 1);
  }

  /** One writer: a plain read and an ordered write are enough. */
  private static void increment(AtomicLongArray counters, int i) {
    counters.setRelease(i, counters.getPlain(i) + 1);
  }

  /**
   * @param hundreds 1 to 5
   */
  public long status(int hundreds) {
    return byStatus.getAcquire(hundreds);
  }

  public long source(Source source) {
    return bySource.getAcquire(source.index);
  }

  /** Bytes of all bodies sent. */
  public long bodies() {
    return bodies.getAcquire();
  }

  /** Requests whose header lines did not have to be read. */
  public long knownHeads() {
    return known.getAcquire();
  }

  /** Latencies in microseconds since the last call. */
  public Histogram takeLatencies() {
    return latency.getIntervalHistogram();
  }

  /** Ages of the pages sent (now minus asOf) in milliseconds, since the last call. */
  public Histogram takeAges() {
    return ages.getIntervalHistogram();
  }
}
