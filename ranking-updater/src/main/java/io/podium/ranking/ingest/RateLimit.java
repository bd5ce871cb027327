package io.podium.ranking.ingest;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Events per second that one key may post: a bucket that fills steadily and holds one second's
 * worth. A request is let in while the bucket is not empty and then takes all its events out, so
 * that a batch larger than the bucket still passes, and the next one waits longer. Lock-free; holds
 * one bucket per configured key.
 */
final class RateLimit {
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final Map<String, AtomicReference<Bucket>> buckets = new ConcurrentHashMap<>();

  private record Bucket(double level, long at) {}

  /**
   * @param perSecond events; 0: no limit
   */
  RateLimit(long perSecond) {
    this.perSecond = perSecond;
  }

  /**
   * @param key a configured key's name
   * @param nowNanos monotonic
   * @return 0 when the request may pass; else the seconds after which it may, rounded up
   */
  int waitSeconds(String key, long nowNanos) {
    if (perSecond == 0) {
      return 0;
    }
    double level = take(key, 0, nowNanos);
    return level > 0 ? 0 : (int) Math.max(1, Math.ceil((1 - level) / perSecond));
  }

  /** What is left, below 0 when more was taken than there was. */
  double take(String key, int events, long nowNanos) {
    if (perSecond == 0) {
      return 0;
    }
    return buckets
        .computeIfAbsent(key, k -> new AtomicReference<>(new Bucket(perSecond, nowNanos)))
        .updateAndGet(b -> new Bucket(filled(b, nowNanos) - events, Math.max(b.at, nowNanos)))
        .level;
  }

  private double filled(Bucket bucket, long nowNanos) {
    double passed = Math.max(0, nowNanos - bucket.at) / NANOS;
    return Math.min(perSecond, bucket.level + passed * perSecond);
  }
}
