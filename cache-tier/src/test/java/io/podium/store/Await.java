package io.podium.store;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waiting in tests: for an answer or for a condition, with a deadline. */
public final class Await {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private Await() {}

  /** The answer; a failed stage throws its cause. */
  public static <T> T answer(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new CompletionException(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within " + DEADLINE, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  /** The failure that the stage ends with. */
  public static StoreException failure(CompletionStage<?> stage) {
    try {
      answer(stage);
    } catch (StoreException e) {
      return e;
    }
    throw new AssertionError("the call succeeded");
  }

  /** The answer of the first try that has one. */
  public static <T> T answered(Supplier<? extends CompletionStage<T>> call) {
    AtomicReference<T> found = new AtomicReference<>();
    until(
        "an answer",
        () -> {
          try {
            found.set(answer(call.get()));
            return true;
          } catch (StoreException e) {
            return false;
          }
        });
    return Objects.requireNonNull(found.get());
  }

  /** The answer, or the failure as text. */
  public static String quietly(Callable<String> call) {
    try {
      return call.call();
    } catch (Exception e) {
      return e.toString();
    }
  }

  public static void until(String what, BooleanSupplier condition) {
    until(what, DEADLINE, condition);
  }

  public static void until(String what, Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + patience + ": " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
