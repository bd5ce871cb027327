package io.podium.store.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.podium.config.StoresConfig.RedisLimits;
import io.podium.store.StoreException;
import io.podium.store.redis.RedisDriver.Opened;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection (to a cluster: one to each node, kept by the driver) that fails fast and comes
 * back by itself. While it is away every call fails at once, except during the very first attempt
 * to connect, which calls wait for. What was in flight when the connection broke fails and is never
 * sent again. A connection to one server on which nothing but timeouts was seen for a while is
 * dropped: a black hole closes no socket.
 */
final class RedisLane implements AutoCloseable {
  private static final long FIRST_PAUSE_MILLIS = 20;

  /** Opens a connection. */
  interface Opener {
    CompletionStage<Opened> open();
  }

  private final RedisDriver driver;
  private final Opener opener;
  private final ScheduledExecutorService timer;
  private final RedisLimits limits;

  private volatile @Nullable Opened connection;
  private volatile boolean closed;
  private volatile boolean triedOnce;
  private volatile String reason = "not connected yet";
  // Guarded by this.
  private @Nullable CompletableFuture<Opened> connecting;
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  // Zero: the last call was answered. Races between calls only move the moment of the drop.
  private volatile long silentSinceNanos;

  RedisLane(RedisDriver driver, Opener opener, ScheduledExecutorService timer, RedisLimits limits) {
    this.driver = driver;
    this.opener = opener;
    this.timer = timer;
    this.limits = limits;
  }

  boolean isConnected() {
    Opened now = connection;
    return now != null && isOpen(now);
  }

  /** A cluster's driver tells of one node that it chose; the other nodes go on without it. */
  private boolean isOpen(Opened c) {
    return !driver.isOneServer() || c.connection().isOpen();
  }

  <T> CompletableFuture<T> call(
      Duration deadline,
      Function<RedisClusterAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> call) {
    Opened now = connection;
    if (now != null && isOpen(now)) {
      return on(now, deadline, call);
    }
    if (closed || triedOnce) {
      connectInBackground();
      return CompletableFuture.failedFuture(away(null));
    }
    return connect().thenCompose(c -> on(c, deadline, call));
  }

  private <T> CompletableFuture<T> on(
      Opened c,
      Duration deadline,
      Function<RedisClusterAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> call) {
    CompletableFuture<T> answer;
    try {
      answer = call.apply(c.commands()).toCompletableFuture();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(RedisFailures.of(e));
    }
    return answer
        .orTimeout(deadline.toNanos(), TimeUnit.NANOSECONDS)
        .handle((value, failure) -> settle(c, value, failure));
  }

  private <T> T settle(Opened c, T value, @Nullable Throwable failure) {
    if (failure == null) {
      silentSinceNanos = 0;
      return value;
    }
    StoreException mapped = RedisFailures.of(failure);
    if (driver.isOneServer()) {
      if (mapped.kind() == StoreException.Kind.TIMEOUT) {
        silent(c);
      } else if (RedisFailures.isReplica(mapped)) {
        // Another server was made the primary: Sentinel tells which.
        lost(c, "it became a replica", limits.reconnect().toMillis());
      }
    }
    throw mapped;
  }

  private void silent(Opened c) {
    long now = System.nanoTime() | 1;
    long since = silentSinceNanos;
    if (since == 0) {
      silentSinceNanos = now;
    } else if (now - since > limits.silence().toNanos()) {
      silentSinceNanos = 0;
      lost(c, "no answer for " + limits.silence(), 0);
    }
  }

  private void connectInBackground() {
    if (!closed) {
      var unused = connect();
    }
  }

  private synchronized CompletableFuture<Opened> connect() {
    if (connecting != null) {
      return connecting;
    }
    CompletableFuture<Opened> attempt = new CompletableFuture<>();
    connecting = attempt;
    open(attempt);
    return attempt;
  }

  private void open(CompletableFuture<Opened> attempt) {
    CompletionStage<Opened> opened;
    try {
      opened = opener.open();
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

  private void opened(CompletableFuture<Opened> attempt, Opened c) {
    if (driver.isOneServer()) {
      c.connection().addListener(whenLost(c));
    }
    synchronized (this) {
      connecting = null;
      pauseMillis = FIRST_PAUSE_MILLIS;
      connection = c;
      triedOnce = true;
    }
    if (closed) {
      close(c);
    } else if (!isOpen(c)) {
      // It broke before the listener was there.
      lost(c, "connection lost", 0);
    }
    attempt.complete(c);
  }

  private RedisConnectionStateListener whenLost(Opened c) {
    return new RedisConnectionStateListener() {
      @Override
      public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
        lost(c, "connection lost", 0);
      }
    };
  }

  private void failed(CompletableFuture<Opened> attempt, Throwable failure) {
    long pause;
    synchronized (this) {
      triedOnce = true;
      reason = RedisFailures.text(failure);
      pause = pauseMillis;
      pauseMillis = Math.min(2 * pauseMillis, limits.reconnect().toMillis());
    }
    attempt.completeExceptionally(away(failure));
    later(pause);
  }

  private void lost(Opened c, String why, long pause) {
    synchronized (this) {
      if (!c.equals(connection)) {
        return;
      }
      connection = null;
      reason = why;
      connecting = null;
    }
    close(c);
    later(pause);
  }

  /** Tries again after the pause, spread so that many engines do not come at once. */
  private void later(long pauseMillis) {
    if (closed) {
      return;
    }
    long jittered = pauseMillis / 2 + ThreadLocalRandom.current().nextLong(pauseMillis / 2 + 1);
    var unused = timer.schedule(this::again, jittered, TimeUnit.MILLISECONDS);
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
        StoreException.Kind.AWAY, "redis " + driver.address() + " is away: " + reason, cause);
  }

  @Override
  public void close() {
    closed = true;
    reason = "closed";
    // The client that is shut down next closes what it opened.
    connection = null;
  }

  private static void close(Opened c) {
    var unused = c.connection().closeAsync();
  }
}
