package io.podium.read.overload;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.Gradient2Limit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import io.podium.store.StoreException;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets loads begin only while the engine keeps up: the limit follows how long loads take (a
 * gradient of short against long-term time), and what is beyond is shed at once. Entering takes one
 * compare-and-set; what a finished load teaches the limit is worked in on the workers. Safe from
 * any thread.
 */
public final class Admission {
  private static final double TOLERANCE = 2.0;
  private static final int LONG_WINDOW = 2_000;

  /** Loads at a time until it is known how long they take. */
  private static final int UNTRIED = 64;

  /** Made once: a trace for each request that is shed would cost more than answering it. */
  private final StoreException tooMany =
      new StoreException(StoreException.Kind.BUSY, "too many loads at a time", null);

  private final SimpleLimiter<Object> limiter;
  private final PerAddress perAddress;
  private final Executor workers;
  private final AtomicLong shed = new AtomicLong();

  /**
   * @param fewest loads at a time, however slow they are
   * @param most loads at a time, however fast
   * @param perAddress loads at a time for one address; 0 for no limit
   */
  public Admission(int fewest, int most, int perAddress, Executor workers) {
    this.limiter =
        SimpleLimiter.newBuilder()
            .limit(
                Gradient2Limit.newBuilder()
                    .minLimit(Math.min(fewest, most))
                    // An engine that has just come up holds nothing, and no load was slow yet.
                    .initialLimit(Math.min(UNTRIED, most))
                    .maxConcurrency(most)
                    .queueSize(2)
                    .rttTolerance(TOLERANCE)
                    .longWindow(LONG_WINDOW)
                    .build())
            .build();
    this.perAddress = new PerAddress(perAddress);
    this.workers = workers;
  }

  /**
   * Begins a load, or sheds it.
   *
   * @return fails with {@link StoreException} BUSY when it was shed
   */
  public <T> CompletableFuture<T> enter(
      @Nullable SocketAddress client, Supplier<CompletableFuture<T>> load) {
    Object address = perAddress.address(client);
    if (!perAddress.enter(address)) {
      return turnAway();
    }
    Limiter.@Nullable Listener permit = limiter.acquire(this).orElse(null);
    if (permit == null) {
      perAddress.leave(address);
      return turnAway();
    }
    CompletableFuture<T> result = load.get();
    var unused = result.whenComplete((value, failure) -> learn(address, permit, failure));
    return result;
  }

  /** Whatever becomes of the load, and however busy the workers are: its permit comes back. */
  private void learn(Object address, Limiter.Listener permit, @Nullable Throwable failure) {
    try {
      workers.execute(() -> left(address, permit, failure));
    } catch (RejectedExecutionException e) {
      left(address, permit, failure);
    }
  }

  private <T> CompletableFuture<T> turnAway() {
    shed.incrementAndGet();
    return CompletableFuture.failedFuture(tooMany);
  }

  /** Whether a load of this client would be shed now. */
  public boolean isFull(java.net.@Nullable SocketAddress client) {
    return limiter.getInflight() >= limiter.getLimit()
        || perAddress.isFull(perAddress.address(client));
  }

  /** Counts a load that was shed without asking to enter; always true. */
  public boolean shedOne() {
    shed.incrementAndGet();
    return true;
  }

  private void left(Object address, Limiter.Listener permit, @Nullable Throwable failure) {
    perAddress.leave(address);
    if (failure == null) {
      permit.onSuccess();
    } else if (failure instanceof StoreException e && e.kind() == StoreException.Kind.TIMEOUT) {
      permit.onDropped();
    } else {
      permit.onIgnore();
    }
  }

  /** Loads that may run at a time now. */
  public int limit() {
    return limiter.getLimit();
  }

  /** Share of the limit in use, 0 to 1 and a little more while the limit falls. */
  public double utilisation() {
    return (double) limiter.getInflight() / Math.max(1, limiter.getLimit());
  }

  /** Loads that were shed since the start. */
  public long shed() {
    return shed.get();
  }
}
