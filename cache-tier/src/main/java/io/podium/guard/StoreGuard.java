package io.podium.guard;

import io.podium.config.StoresConfig.GuardLimits;
import io.podium.store.StoreException;
import io.podium.store.StoreException.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The guards of one store and kind of call: breaker, then bulkhead, then deadline; for a reader
 * that asks for much at once, turns before them.
 *
 * <p>Only what says that the store is in trouble counts against it (away, too slow, too busy); a
 * corrupt value or a refusal is an answer.
 */
public final class StoreGuard {
  private final String store;
  private final String calls;
  private final CallBreaker breaker;
  private final Bulkhead bulkhead;
  private final Duration deadline;
  private final @Nullable Turns turns;
  private final LongAdder corrupt = new LongAdder();

  /**
   * @param store short name for reasons and labels, as {@code redis}
   * @param calls kind of call, for labels
   */
  public StoreGuard(
      String store, String calls, CallBreaker breaker, Bulkhead bulkhead, Duration deadline) {
    this(store, calls, breaker, bulkhead, deadline, null);
  }

  private StoreGuard(
      String store,
      String calls,
      CallBreaker breaker,
      Bulkhead bulkhead,
      Duration deadline,
      @Nullable Turns turns) {
    this.store = store;
    this.calls = calls;
    this.breaker = breaker;
    this.bulkhead = bulkhead;
    this.deadline = deadline;
    this.turns = turns;
  }

  /** A guard as it is configured. */
  static StoreGuard of(
      String store, String calls, Duration deadline, GuardLimits limits, LongSupplier nanoTime) {
    CallBreaker.Settings settings =
        new CallBreaker.Settings(
            limits.window(),
            limits.age(),
            limits.minimum(),
            limits.failurePercent() / 100.0,
            limits.slowPercent() / 100.0,
            deadline.multipliedBy(limits.slowAfterPercent()).dividedBy(100),
            limits.probeAfter());
    return new StoreGuard(
        store,
        calls,
        new CallBreaker(settings, nanoTime),
        new Bulkhead(store + " " + calls, limits.calls()),
        deadline);
  }

  /**
   * This guard for a reader whose calls wait for each other before they come to it: the wait counts
   * neither against the deadline nor against the store, and a breaker that opened meanwhile refuses
   * those that waited.
   */
  StoreGuard inTurns(Turns inTurns) {
    return new StoreGuard(store, calls, breaker, bulkhead, deadline, inTurns);
  }

  /**
   * The answer, or a {@link StoreException}; never later than the deadline from when the call is
   * made, which is at once but for a reader that {@linkplain #inTurns waits}.
   */
  public <T> CompletableFuture<T> call(Supplier<? extends CompletionStage<T>> call) {
    return turns == null ? guarded(call) : turns.call(() -> guarded(call));
  }

  private <T> CompletableFuture<T> guarded(Supplier<? extends CompletionStage<T>> call) {
    CallBreaker.Permit permit = breaker.tryAcquire();
    if (permit == null) {
      return CompletableFuture.failedFuture(
          new StoreException(Kind.AWAY, store + ": the breaker is open", new BreakerOpen()));
    }
    return bulkhead
        .call(call)
        .copy()
        .orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS)
        .whenComplete(
            (value, failure) -> {
              if (failure != null && kind(failure) == Kind.CORRUPT) {
                corrupt.increment();
              }
              if (failure != null && isTrouble(kind(failure))) {
                permit.failed();
              } else {
                permit.succeeded();
              }
            });
  }

  /** Why a call of this guard failed, in a word for headers and labels: {@code redis-open}. */
  public String reason(Throwable failure) {
    String word =
        root(failure) instanceof StoreException e && e.getCause() instanceof BreakerOpen
            ? "open"
            : kind(failure).name().toLowerCase(Locale.ROOT);
    return store + "-" + word;
  }

  public String store() {
    return store;
  }

  /** The kind of call. */
  public String calls() {
    return calls;
  }

  /** Calls that were refused, whatever the store would have said. */
  public long refused() {
    return breaker.refused() + bulkhead.refused() + (turns == null ? 0 : turns.refused());
  }

  /** Calls that met bytes which cannot be read, and went on to the next tier. */
  public long corrupt() {
    return corrupt.sum();
  }

  public CallBreaker breaker() {
    return breaker;
  }

  public Bulkhead bulkhead() {
    return bulkhead;
  }

  /** Marks the refusals of a breaker; has no stack trace, since there are many of them. */
  private static final class BreakerOpen extends Exception {
    private static final long serialVersionUID = 1L;

    BreakerOpen() {
      super("open", null, false, false);
    }
  }

  private static boolean isTrouble(Kind kind) {
    return kind == Kind.AWAY || kind == Kind.TIMEOUT || kind == Kind.BUSY;
  }

  private static Kind kind(Throwable failure) {
    Throwable cause = root(failure);
    if (cause instanceof StoreException e) {
      return e.kind();
    }
    return cause instanceof TimeoutException ? Kind.TIMEOUT : Kind.REFUSED;
  }

  private static Throwable root(Throwable failure) {
    Throwable at = failure;
    while (at instanceof CompletionException && at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }
}
