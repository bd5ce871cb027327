package io.podium.guard;

import io.podium.store.StoreException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * At most so many calls at the same time; the others wait in the order in which they came, so many
 * and so long, beyond which they are refused. For readers that ask for much at once and that nobody
 * waits for: a driver that has too few connections for them fails those that wait for one. Safe
 * from any thread.
 */
final class Turns {
  private final String name;
  private final int most;
  private final int mostWaiting;
  private final Duration longest;
  private final LongSupplier nanoTime;
  private final LongAdder refused = new LongAdder();
  // All guarded by this; calls are begun outside.
  private final Queue<Turn<?>> waiting = new ArrayDeque<>();
  private int underWay;
  private boolean handingOut;

  private record Turn<T>(
      Supplier<CompletableFuture<T>> call, CompletableFuture<T> answer, long since) {}

  /**
   * @param name for the refusal
   * @param longest wait for a turn: whoever asked may have given up by then
   * @param nanoTime {@link System#nanoTime}, or a clock of a test
   */
  Turns(String name, int most, int mostWaiting, Duration longest, LongSupplier nanoTime) {
    this.name = name;
    this.most = most;
    this.mostWaiting = mostWaiting;
    this.longest = longest;
    this.nanoTime = nanoTime;
  }

  /**
   * The call's answer, or a {@link StoreException} of kind BUSY without making it. The call begins
   * on this thread or on one that ends another, and must end.
   */
  <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    synchronized (this) {
      if (waiting.size() >= mostWaiting) {
        return refuse(mostWaiting + " calls are waiting");
      }
      waiting.add(new Turn<>(call, answer, nanoTime.getAsLong()));
    }
    handOut();
    return answer;
  }

  private <T> CompletableFuture<T> refuse(String why) {
    refused.increment();
    return CompletableFuture.failedFuture(
        new StoreException(StoreException.Kind.BUSY, name + ": " + why, null));
  }

  private <T> void begin(Turn<T> turn) {
    var unused =
        begun(turn)
            .whenComplete(
                (value, failure) -> {
                  synchronized (this) {
                    underWay--;
                  }
                  handOut();
                  if (failure == null) {
                    turn.answer().complete(value);
                  } else {
                    turn.answer().completeExceptionally(failure);
                  }
                });
  }

  private <T> CompletableFuture<T> begun(Turn<T> turn) {
    if (nanoTime.getAsLong() - turn.since() > longest.toNanos()) {
      return refuse("no turn within " + longest.toMillis() + " ms");
    }
    try {
      return turn.call().get();
    } catch (Throwable e) {
      // Also an Error: a turn that is lost would be lost for ever.
      return CompletableFuture.failedFuture(e);
    }
  }

  /** By one thread at a time and not within itself: what ends at once would go ever deeper. */
  private void handOut() {
    synchronized (this) {
      if (handingOut) {
        return;
      }
      handingOut = true;
    }
    for (Turn<?> next = next(); next != null; next = next()) {
      begin(next);
    }
  }

  private synchronized @Nullable Turn<?> next() {
    Turn<?> next = underWay < most ? waiting.poll() : null;
    if (next == null) {
      handingOut = false;
    } else {
      underWay++;
    }
    return next;
  }

  /** Calls that were refused. */
  long refused() {
    return refused.sum();
  }
}
