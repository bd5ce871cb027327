package io.podium.ranking.stream;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The client of the events role: fails fast while it is away, and never sends a command twice by
 * itself. Opens nothing until the first call.
 */
public final class RedisEvents implements AutoCloseable {
  /** Commands that may wait for an answer on one connection; more are refused at once. */
  private static final int REQUEST_QUEUE = 20_000;

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

  private final ClientResources resources;
  private final RedisClient client;
  private final RedisURI uri;
  private final Duration deadline;

  /**
   * @param uri {@code redis://host:port}, {@code rediss://} or {@code redis-sentinel://}
   * @param deadline of every call, beyond what a read waits on purpose
   */
  public RedisEvents(String uri, Duration deadline) {
    this.deadline = deadline;
    resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(
                Delay.exponential(
                    Duration.ofMillis(50), Duration.ofMillis(500), 2, TimeUnit.MILLISECONDS))
            .build();
    this.uri = RedisURI.create(uri);
    client = RedisClient.create(resources);
    client.setOptions(
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(REQUEST_QUEUE)
            .replayFilter(command -> true)
            .socketOptions(
                SocketOptions.builder().connectTimeout(CONNECT_TIMEOUT).keepAlive(true).build())
            .build());
  }

  /** A connection of its own, for calls that wait or must not wait behind others. */
  RedisLink link() {
    return new RedisLink(client, uri);
  }

  Duration deadline() {
    return deadline;
  }

  /** Blocks for up to two seconds. */
  @Override
  public void close() {
    client.shutdown(Duration.ZERO, Duration.ofSeconds(1));
    resources.shutdown(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
