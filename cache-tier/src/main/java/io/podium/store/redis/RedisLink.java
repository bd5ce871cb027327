package io.podium.store.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.netty.channel.epoll.Epoll;
import io.podium.config.StoresConfig.RedisLimits;
import io.podium.store.Check;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The way to one Redis: a connection for commands and one for calls that block on the server.
 * Opening does no I/O; the first call connects. Every call has a deadline, fails fast while Redis
 * is away, and is sent at most once. Failures are {@link io.podium.store.StoreException}. Safe from
 * any thread.
 */
public final class RedisLink implements AutoCloseable {
  /**
   * Dead peers that answer nothing, not even TCP, are noticed after this (where epoll is there).
   */
  private static final Duration TCP_SILENCE = Duration.ofSeconds(2);

  private final String name;
  private final RedisLimits limits;
  private final ClientResources resources;
  private final RedisClient client;
  private final RedisLane commands;
  private final RedisLane blocking;

  private RedisLink(String name, String uri, RedisLimits limits) {
    this.name = name;
    this.limits = limits;
    this.resources =
        ClientResources.builder().ioThreadPoolSize(2).computationThreadPoolSize(2).build();
    RedisURI address = RedisURI.create(uri);
    address.setTimeout(limits.connect());
    this.client = RedisClient.create(resources, address);
    client.setOptions(options(limits));
    this.commands = new RedisLane(client, address, limits.reconnect());
    this.blocking = new RedisLane(client, address, limits.reconnect());
  }

  /**
   * @param name the role, for messages: {@code redis-cache}
   */
  public static RedisLink open(String name, String uri, RedisLimits limits) {
    return new RedisLink(name, uri, limits);
  }

  private static ClientOptions options(RedisLimits limits) {
    SocketOptions socket =
        SocketOptions.builder()
            .connectTimeout(limits.connect())
            .tcpUserTimeout(
                SocketOptions.TcpUserTimeoutOptions.builder()
                    .enable(Epoll.isAvailable())
                    .tcpUserTimeout(TCP_SILENCE)
                    .build())
            .build();
    return ClientOptions.builder()
        // The lane reconnects: the driver would send again what it does not know the outcome of.
        .autoReconnect(false)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .requestQueueSize(limits.queue())
        // The lane has a deadline for each call; the driver's own would cut short a call that
        // waits on the server for longer than a connection may take to open.
        .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
        .socketOptions(socket)
        .build();
  }

  public RedisLimits limits() {
    return limits;
  }

  public boolean isConnected() {
    return commands.isConnected();
  }

  /** A reading command, within {@link RedisLimits#read}. */
  public <T> CompletableFuture<T> read(
      Function<RedisAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> call) {
    return commands.call(limits.read(), call);
  }

  /** A writing command or a script, within {@link RedisLimits#write}. */
  public <T> CompletableFuture<T> write(
      Function<RedisAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> call) {
    return commands.call(limits.write(), call);
  }

  /**
   * A command that waits on the server for up to {@code wait}; such calls queue behind each other.
   */
  public <T> CompletableFuture<T> blocking(
      Duration wait,
      Function<RedisAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> call) {
    return blocking.call(wait.plus(limits.write()), call);
  }

  /** Asks the server; never fails. */
  public CompletableFuture<Check> check() {
    return write(RedisAsyncCommands::ping)
        .handle(
            (pong, failure) ->
                failure == null
                    ? new Check(name, true, "answers")
                    : new Check(name, false, RedisFailures.text(failure)));
  }

  @Override
  public void close() {
    commands.close();
    blocking.close();
    var unused = client.shutdownAsync(0, 1, TimeUnit.SECONDS).thenRun(this::endThreads);
  }

  private void endThreads() {
    var unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
