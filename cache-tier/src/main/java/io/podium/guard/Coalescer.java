package io.podium.guard;

import io.podium.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** One load per key however many ask for it while it runs. Keys under way are bounded. */
public final class Coalescer<K, V> {
  private final int most;
  private final ConcurrentHashMap<K, CompletableFuture<V>> loading = new ConcurrentHashMap<>();
  private final LongAdder loads = new LongAdder();
  private final LongAdder joined = new LongAdder();

  /**
   * @param most keys that may be loading at the same time
   */
  public Coalescer(int most) {
    this.most = most;
  }

  /**
   * The outcome of the load that is under way for the key, or of {@code loader}, which is then
   * called on this thread. Each caller has a future of its own: cancelling it disturbs nobody.
   */
  public CompletableFuture<V> load(K key, Supplier<? extends CompletionStage<V>> loader) {
    CompletableFuture<V> running = loading.get(key);
    if (running == null) {
      if (loading.size() >= most) {
        return CompletableFuture.failedFuture(
            new StoreException(StoreException.Kind.BUSY, most + " loads are under way", null));
      }
      CompletableFuture<V> mine = new CompletableFuture<>();
      running = loading.putIfAbsent(key, mine);
      if (running == null) {
        loads.increment();
        CompletableFuture<V> answer = mine.copy();
        start(key, mine, loader);
        return answer;
      }
    }
    joined.increment();
    return running.copy();
  }

  private void start(
      K key, CompletableFuture<V> mine, Supplier<? extends CompletionStage<V>> loader) {
    CompletionStage<V> load;
    try {
      load = loader.get();
    } catch (RuntimeException e) {
      load = CompletableFuture.failedFuture(e);
    }
    load.whenComplete(
        (value, failure) -> {
          // Gone before anyone hears the outcome: who asks after it loads anew.
          loading.remove(key, mine);
          if (failure == null) {
            mine.complete(value);
          } else {
            mine.completeExceptionally(failure);
          }
        });
  }

  public long loads() {
    return loads.sum();
  }

  /** Callers that were served by a load that was under way already. */
  public long joined() {
    return joined.sum();
  }

  public int underWay() {
    return loading.size();
  }
}
