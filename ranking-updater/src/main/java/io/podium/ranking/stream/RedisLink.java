package io.podium.ranking.stream;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.podium.store.StoreException;
import io.podium.store.StoreException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is opened by the first call and opened again after it broke: a call while
 * there is none fails at once as AWAY, and starts the next attempt. Safe from any thread.
 */
final class RedisLink implements AutoCloseable {
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  /** Time between two attempts to connect. */
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final RedisClient client;
  private final RedisURI uri;
  private @Nullable CompletableFuture<StatefulRedisConnection<String, byte[]>> connection;
  private long attemptedAt;
  private boolean closed;

  RedisLink(RedisClient client, RedisURI uri) {
    this.client = client;
    this.uri = uri;
  }

  /**
   * @param within the call fails as TIMEOUT after it; its outcome is then unknown
   */
  <T> CompletionStage<T> call(
      Duration within, Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> command) {
    return connection()
        .thenCompose(c -> send(c, command))
        .toCompletableFuture()
        .copy()
        .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .exceptionallyCompose(e -> CompletableFuture.failedFuture(translate(e)));
  }

  private static <T> CompletionStage<T> send(
      StatefulRedisConnection<String, byte[]> c,
      Function<RedisAsyncCommands<String, byte[]>, CompletionStage<T>> command) {
    if (!c.isOpen()) {
      return CompletableFuture.failedFuture(away(null));
    }
    CompletionStage<T> answer = command.apply(c.async());
    // A Lettuce future runs its dependants on the connection's own thread; so do we, briefly.
    return answer instanceof RedisFuture<T> f ? f.toCompletableFuture() : answer;
  }

  private synchronized CompletionStage<StatefulRedisConnection<String, byte[]>> connection() {
    CompletableFuture<StatefulRedisConnection<String, byte[]>> current = connection;
    if (current != null && !current.isCompletedExceptionally()) {
      return current;
    }
    long now = System.nanoTime();
    if (closed || (current != null && now - attemptedAt < RETRY_NANOS)) {
      return CompletableFuture.failedFuture(away(null));
    }
    attemptedAt = now;
    CompletableFuture<StatefulRedisConnection<String, byte[]>> opening =
        client.connectAsync(CODEC, uri).toCompletableFuture();
    connection = opening;
    return opening;
  }

  /** Drops the connection: answers that are still under way on it will be ignored. */
  synchronized void reset() {
    CompletableFuture<StatefulRedisConnection<String, byte[]>> old = connection;
    connection = null;
    if (old != null) {
      var unused = old.thenCompose(StatefulRedisConnection::closeAsync);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    reset();
  }

  private static StoreException away(@Nullable Throwable cause) {
    return new StoreException(Kind.AWAY, "the events Redis is away", cause);
  }

  static StoreException translate(Throwable e) {
    Throwable cause = e;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof StoreException s) {
      return s;
    }
    if (cause instanceof TimeoutException) {
      return new StoreException(Kind.TIMEOUT, "the events Redis did not answer in time", cause);
    }
    if (cause instanceof RedisCommandExecutionException x && !isLoading(x)) {
      return new StoreException(Kind.REFUSED, "the events Redis refuses: " + x.getMessage(), x);
    }
    return away(cause);
  }

  private static boolean isLoading(RedisCommandExecutionException e) {
    return e.getMessage() != null && e.getMessage().startsWith("LOADING");
  }
}
