package io.podium.guard;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Spreads over many processes what the clock would have them all do at the same moment, as after a
 * fault that all of them met at once.
 */
public final class Jitter {
  /** Up to so much of the time is added. */
  private static final int SHARE = 5;

  private Jitter() {}

  /** The time, in whatever unit, and up to a fifth of it more, another one with each call. */
  public static long spread(long time) {
    return time + ThreadLocalRandom.current().nextLong(time / SHARE + 1);
  }
}
