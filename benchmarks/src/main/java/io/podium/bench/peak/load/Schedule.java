package io.podium.bench.peak.load;

/**
 * When the requests of a phase were to start, at one rate. The load generator tells the phase's
 * start to the millisecond, cut off; the rest of it is as long as the least that any request was
 * late so far. A stall delays requests, and never moves what they are counted from. One thread;
 * times by {@link System#nanoTime}.
 */
final class Schedule {
  private static final long SECOND = 1_000_000_000L;
  private static final long CUT_OFF = 1_000_000L;

  private final long start;
  private final int perSecond;
  private long rest = CUT_OFF;
  private long number;

  Schedule(long start, int perSecond) {
    this.start = start;
    this.perSecond = perSecond;
  }

  /** When the next request was due, which begins now. */
  long next(long now) {
    long due = start + number++ * SECOND / perSecond;
    rest = Math.max(0, Math.min(rest, now - due));
    return due + rest;
  }

  /** Of the phase, from 0. */
  int second(long due) {
    return (int) Math.max(0, (due - start - rest) / SECOND);
  }
}
