package io.podium.guard;

import io.podium.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** At most so many calls at the same time; one more is refused at once, never queued. */
public final class Bulkhead {
  private final String name;
  private final int most;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final LongAdder refused = new LongAdder();

  /**
   * @param name for the refusal
   */
  public Bulkhead(String name, int most) {
    this.name = name;
    this.most = most;
  }

  /** The call's answer, or a {@link StoreException} of kind BUSY without making it. */
  public <T> CompletableFuture<T> call(Supplier<? extends CompletionStage<T>> call) {
    if (inFlight.incrementAndGet() > most) {
      inFlight.decrementAndGet();
      refused.increment();
      return CompletableFuture.failedFuture(
          new StoreException(
              StoreException.Kind.BUSY, name + ": " + most + " calls are under way", null));
    }
    CompletableFuture<T> answer;
    try {
      answer = call.get().toCompletableFuture();
    } catch (RuntimeException e) {
      inFlight.decrementAndGet();
      return CompletableFuture.failedFuture(e);
    }
    return answer.whenComplete((value, failure) -> inFlight.decrementAndGet());
  }

  public int inFlight() {
    return inFlight.get();
  }

  public long refused() {
    return refused.sum();
  }
}
