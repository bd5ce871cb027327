package io.podium.bench.read;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes a part of each period of the core that it is kept to, for as long as it lives. It runs at a
 * real-time priority: the kernel divides a core among its equals in slices of 3 ms and more, which
 * is longer than a page takes.
 */
final class Rival {
  static final Duration PERIOD = Duration.ofNanos(400_000);

  private Rival() {}

  /** Of one argument, the part, 0 to 1. */
  public static void main(String[] args) {
    long period = PERIOD.toNanos();
    long idle = Math.round(period * (1 - Double.parseDouble(args[0])));
    for (long next = System.nanoTime() + period; ; next += period) {
      LockSupport.parkNanos(idle);
      while (System.nanoTime() - next < 0) {
        Thread.onSpinWait();
      }
    }
  }
}
