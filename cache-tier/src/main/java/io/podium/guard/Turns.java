package io.podium.guard;

import io.podium.store.StoreException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * At most so many calls at the same time; the others wait in the order in which they came, up to a
 * number, beyond which they are refused. For readers that ask for much at once and that nobody
 * waits for: a driver that has too few connections for them fails those that wait for one. Safe
 * from any thread.
 */
final class Turns {
  private final String name;
  private final int most;
  private final int mostWaiting;
  // All guarded by this; calls are begun outside.
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int underWay;
  private boolean handingOut;

  /**
   * @param name for the refusal
   */
  Turns(String name, int most, int mostWaiting) {
    this.name = name;
    this.most = most;
    this.mostWaiting = mostWaiting;
  }

  /**
   * The call's answer, or a {@link StoreException} of kind BUSY without making it. The call begins
   * on this thread or on one that ends another, and must end.
   */
  <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> call) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    synchronized (this) {
      if (waiting.size() >= mostWaiting) {
        return CompletableFuture.failedFuture(
            new StoreException(
                StoreException.Kind.BUSY, name + ": " + mostWaiting + " calls are waiting", null));
      }
      waiting.add(() -> begin(call, answer));
    }
    handOut();
    return answer;
  }

  private <T> void begin(Supplier<CompletableFuture<T>> call, CompletableFuture<T> answer) {
    CompletableFuture<T> begun;
    try {
      begun = call.get();
    } catch (RuntimeException e) {
      begun = CompletableFuture.failedFuture(e);
    }
    var unused =
        begun.whenComplete(
            (value, failure) -> {
              synchronized (this) {
                underWay--;
              }
              handOut();
              if (failure == null) {
                answer.complete(value);
              } else {
                answer.completeExceptionally(failure);
              }
            });
  }

  /** By one thread at a time and not within itself: what ends at once would go ever deeper. */
  private void handOut() {
    synchronized (this) {
      if (handingOut) {
        return;
      }
      handingOut = true;
    }
    for (Runnable next = next(); next != null; next = next()) {
      next.run();
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable next = underWay < most ? waiting.poll() : null;
    if (next == null) {
      handingOut = false;
    } else {
      underWay++;
    }
    return next;
  }
}
