package io.podium.ranking.stream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The lease's twin in memory, its expiry by the time passed in. Thread-safe. */
public final class MemoryLease implements LeaseRecord {
  private final LongSupplier millis;
  private @Nullable Held held;
  private long expiresAt;
  private long token;

  public MemoryLease(LongSupplier millis) {
    this.millis = millis;
  }

  @Override
  public synchronized CompletionStage<Held> take(String holder, Duration ttl, long nowMillis) {
    long now = millis.getAsLong();
    Held current = held;
    if (current == null || now >= expiresAt) {
      token = Math.max(token + 1, nowMillis);
      current = new Held(holder, token);
    }
    if (current.holder().equals(holder)) {
      expiresAt = now + ttl.toMillis();
    }
    held = current;
    return CompletableFuture.completedFuture(current);
  }

  @Override
  public synchronized CompletionStage<Void> release(String holder) {
    if (held != null && held.holder().equals(holder)) {
      held = null;
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public synchronized CompletionStage<Optional<Held>> holder() {
    Held current = held;
    return CompletableFuture.completedFuture(
        Optional.ofNullable(current).filter(h -> millis.getAsLong() < expiresAt));
  }
}
