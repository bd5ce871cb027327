package io.podium.read.http;

import io.podium.read.overload.Admission;
import io.podium.store.StoreException;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** One load a name, however many ask, and only as many at a time as are admitted. */
final class SmallLoads {
  private final ConcurrentMap<String, CompletableFuture<Made>> loading = new ConcurrentHashMap<>();
  private final Executor workers;
  private final Admission admission;

  SmallLoads(Executor workers, Admission admission) {
    this.workers = workers;
    this.admission = admission;
  }

  /**
   * @param client who asks
   */
  CompletableFuture<Made> load(
      String name, SocketAddress client, Supplier<CompletableFuture<Made>> make) {
    CompletableFuture<Made> running = loading.get(name);
    return running != null ? running : admission.enter(client, () -> begin(name, make));
  }

  private CompletableFuture<Made> begin(String name, Supplier<CompletableFuture<Made>> make) {
    CompletableFuture<Made> mine = new CompletableFuture<>();
    CompletableFuture<Made> other = loading.putIfAbsent(name, mine);
    if (other != null) {
      return other;
    }
    try {
      workers.execute(() -> run(name, make, mine));
    } catch (RejectedExecutionException e) {
      loading.remove(name, mine);
      return busy();
    }
    return mine;
  }

  boolean isLoading(String name) {
    return loading.containsKey(name);
  }

  private static CompletableFuture<Made> busy() {
    return CompletableFuture.failedFuture(
        new StoreException(StoreException.Kind.BUSY, "too many answers are being made", null));
  }

  private void run(
      String name, Supplier<CompletableFuture<Made>> make, CompletableFuture<Made> mine) {
    CompletableFuture<Made> made;
    try {
      made = make.get();
    } catch (RuntimeException e) {
      made = CompletableFuture.failedFuture(e);
    }
    var unused =
        made.whenComplete(
            (body, failure) -> {
              loading.remove(name, mine);
              if (failure == null) {
                mine.complete(body);
              } else {
                mine.completeExceptionally(failure);
              }
            });
  }
}
