package io.podium.ranking.core;

import java.time.Duration;
import java.time.Instant;

/** Times as nanoseconds since the Unix epoch: years 1685 to 2255. */
final class Nanos {
  /** Before every time: stream time that is not known yet. */
  static final long NONE = Long.MIN_VALUE;

  private static final long SECOND = 1_000_000_000L;
  private static final long FURTHEST_SECONDS = 9_000_000_000L;

  private Nanos() {}

  static boolean canTell(Instant t) {
    return Math.abs(t.getEpochSecond()) < FURTHEST_SECONDS;
  }

  /** Saturates outside of what can be told. */
  static long of(Instant t) {
    long seconds = Math.max(-FURTHEST_SECONDS, Math.min(FURTHEST_SECONDS, t.getEpochSecond()));
    return seconds * SECOND + t.getNano();
  }

  static long ofMillis(long millis) {
    long most = FURTHEST_SECONDS * 1000;
    return Math.max(-most, Math.min(most, millis)) * 1_000_000L;
  }

  static long of(Duration d) {
    return d.toSeconds() >= FURTHEST_SECONDS ? FURTHEST_SECONDS * SECOND : d.toNanos();
  }

  static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND));
  }

  /** a - b, without wrapping below {@link #NONE}. */
  static long minus(long a, long b) {
    return a < NONE + b ? NONE : a - b;
  }
}
