package io.podium.store.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.podium.store.StoreException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection that fails fast and comes back by itself. While it is away every call fails at
 * once, except during the very first attempt to connect, which calls wait for. What was in flight
 * when the connection broke fails and is never sent again. A connection on which nothing but
 * timeouts was seen for a second is dropped: a black hole closes no socket.
 */
final class RedisLane implements AutoCloseable {
  private static final RedisCodec<String, byte[]> CODEC =
      RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
  private static final long SILENCE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long FIRST_PAUSE_MILLIS = 20;

  private final RedisClient client;
  private final RedisURI uri;
  private final Duration longestPause;

  private volatile @Nullable StatefulRedisConnection<String, byte[]> connection;
  private volatile boolean closed;
  private volatile boolean triedOnce;
  private volatile String reason = "not connected yet";
  // Guarded by this.
  private @Nullable CompletableFuture<StatefulRedisConnection<String, byte[]>> connecting;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  // Zero: the last call was answered. Races between calls only move the moment of the drop.
  private volatile long silentSinceNanos;

  RedisLane(RedisClient client, RedisURI uri, Duration longestPause) {
    this.client = client;
    this.uri = uri;
    this.longestPause = longestPause;
  }

  boolean isConnected() {
    StatefulRedisConnection<String, byte[]> now = connection;
    return now != null && now.isOpen();
  }

  <T> CompletableFuture<T> call(
      Duration deadline,
      Function<RedisAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> call) {
    StatefulRedisConnection<String, byte[]> now = connection;
    if (now != null && now.isOpen()) {
      return on(now, deadline, call);
    }
    if (closed || triedOnce) {
      connectInBackground();
      return CompletableFuture.failedFuture(away(null));
    }
    return connect().thenCompose(c -> on(c, deadline, call));
  }

  private <T> CompletableFuture<T> on(
      StatefulRedisConnection<String, byte[]> c,
      Duration deadline,
      Function<RedisAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> call) {
    CompletableFuture<T> answer;
    try {
      answer = call.apply(c.async()).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(RedisFailures.of(e));
    }
    return answer
        .orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS)
        .handle((value, failure) -> settle(c, value, failure));
  }

  private <T> T settle(
      StatefulRedisConnection<String, byte[]> c, T value, @Nullable Throwable failure) {
    if (failure == null) {
      silentSinceNanos = 0;
      return value;
    }
    StoreException mapped = RedisFailures.of(failure);
    if (mapped.kind() == StoreException.Kind.TIMEOUT) {
      silent(c);
    }
    throw mapped;
  }

  private void silent(StatefulRedisConnection<String, byte[]> c) {
    long now = System.nanoTime() | 1;
    long since = silentSinceNanos;
    if (since == 0) {
      silentSinceNanos = now;
    } else if (now - since > SILENCE_NANOS) {
      silentSinceNanos = 0;
      lost(c, "no answer for a second");
    }
  }

  private void connectInBackground() {
    if (!closed) {
      var unused = connect();
    }
  }

  private synchronized CompletableFuture<StatefulRedisConnection<String, byte[]>> connect() {
    if (connecting != null) {
      return connecting;
    }
    CompletableFuture<StatefulRedisConnection<String, byte[]>> attempt = new CompletableFuture<>();
    connecting = attempt;
    open(attempt);
    return attempt;
  }

  private void open(CompletableFuture<StatefulRedisConnection<String, byte[]>> attempt) {
    CompletionStage<StatefulRedisConnection<String, byte[]>> opened;
    try {
      opened = client.connectAsync(CODEC, uri);
    } catch (RuntimeException e) {
      failed(attempt, e);
      return;
    }
    opened.whenComplete(
        (c, failure) -> {
          if (failure == null) {
            opened(attempt, c);
          } else {
            failed(attempt, failure);
          }
        });
  }

  private void opened(
      CompletableFuture<StatefulRedisConnection<String, byte[]>> attempt,
      StatefulRedisConnection<String, byte[]> c) {
    c.addListener(
        new RedisConnectionStateListener() {
          @Override
          public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
            lost(c, "connection lost");
          }
        });
    synchronized (this) {
      connecting = null;
      pauseMillis = FIRST_PAUSE_MILLIS;
      connection = c;
      triedOnce = true;
    }
    if (closed) {
      close(c);
    } else if (!c.isOpen()) {
      // It broke before the listener was there.
      lost(c, "connection lost");
    }
    attempt.complete(c);
  }

  private void failed(
      CompletableFuture<StatefulRedisConnection<String, byte[]>> attempt, Throwable failure) {
    long pause;
    synchronized (this) {
      triedOnce = true;
      reason = RedisFailures.text(failure);
      pause = pauseMillis;
      pauseMillis = Math.min(2 * pauseMillis, longestPause.toMillis());
    }
    attempt.completeExceptionally(away(failure));
    later(pause);
  }

  private void lost(StatefulRedisConnection<String, byte[]> c, String why) {
    synchronized (this) {
      if (connection != c) {
        return;
      }
      connection = null;
      reason = why;
      connecting = null;
    }
    close(c);
    later(0);
  }

  /** Tries again after the pause, spread so that many engines do not come at once. */
  private void later(long pauseMillis) {
    if (closed) {
      return;
    }
    long jittered = pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis / 2 + 1);
    var unused =
        client
            .getResources()
            .eventExecutorGroup()
            .schedule(this::again, jittered, TimeUnit.MILLISECONDS);
  }

  private void again() {
    synchronized (this) {
      boolean underWay = connecting != null && !connecting.isDone();
      if (closed || connection != null || underWay) {
        return;
      }
      connecting = null;
    }
    var unused = connect();
  }

  private StoreException away(@Nullable Throwable cause) {
    return new StoreException(
        StoreException.Kind.AWAY, "redis " + host() + " is away: " + reason, cause);
  }

  private String host() {
    return uri.getHost() == null ? "sentinel" : uri.getHost() + ":" + uri.getPort();
  }

  @Override
  public void close() {
    closed = true;
    reason = "closed";
    // The client that is shut down next closes what it opened.
    connection = null;
  }

  private static void close(StatefulRedisConnection<String, byte[]> c) {
    var unused = c.closeAsync();
  }
}
