package io.podium.ranking.run;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Awaits a condition with a deadline. */
public final class Eventually {
  public static final Duration PATIENCE = Duration.ofSeconds(90);

  private Eventually() {}

  public static void holds(String what, Callable<Boolean> condition) {
    get(what, condition, Boolean::booleanValue);
  }

  /** The first value that is right; a failing call is tried again. */
  public static <T> T get(String what, Callable<T> call, Predicate<T> right) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    @Nullable Object last = null;
    while (System.nanoTime() < end) {
      try {
        T value = call.call();
        last = value;
        if (right.test(value)) {
          return value;
        }
      } catch (Exception | AssertionError e) {
        last = e;
      }
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
    throw new AssertionError(what + ": not within " + PATIENCE + ", last: " + last);
  }
}
