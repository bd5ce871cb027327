package io.podium.demo;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition, with a deadline. */
final class Await {
  private static final long LOOK_EVERY = Duration.ofMillis(50).toNanos();

  private Await() {}

  static void until(String what, Duration patience, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        fail("within " + patience + " not seen: " + what);
      }
      LockSupport.parkNanos(LOOK_EVERY);
    }
  }
}
