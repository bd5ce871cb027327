package io.podium.bench.flow;

import java.util.concurrent.locks.LockSupport;

/** Waiting for a moment of {@link System#nanoTime}. */
public final class Pause {
  private Pause() {}

  public static void until(long due) {
    while (System.nanoTime() - due < 0) {
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }
}
