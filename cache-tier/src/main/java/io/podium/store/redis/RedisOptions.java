package io.podium.store.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.netty.channel.epoll.Epoll;
import io.podium.config.StoresConfig.RedisLimits;
import java.io.File;

/** The driver's options: fail fast, hold little, repeat nothing. */
final class RedisOptions {
  private RedisOptions() {}

  static ClientOptions.Builder of(RedisLimits limits) {
    SocketOptions socket =
        SocketOptions.builder()
            .connectTimeout(limits.connect())
            .tcpUserTimeout(
                SocketOptions.TcpUserTimeoutOptions.builder()
                    .enable(Epoll.isAvailable())
                    .tcpUserTimeout(limits.tcpUserTimeout())
                    .build())
            .build();
    ClientOptions.Builder options =
        ClientOptions.builder()
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(limits.queue())
            // The lane has a deadline for each call; the driver's own would cut short a call that
            // waits on the server for longer than a connection may take to open.
            .timeoutOptions(TimeoutOptions.builder().timeoutCommands(false).build())
            .socketOptions(socket);
    if (!limits.caFile().isEmpty()) {
      options.sslOptions(SslOptions.builder().trustManager(new File(limits.caFile())).build());
    }
    return options;
  }

  /**
   * For connections that the driver must open and reconnect itself, one to each node: what was in
   * flight is not sent again. Commands wait for their node's connection, for it is opened by the
   * first of them, but not beyond their deadline: what is given up is not sent.
   */
  static ClientOptions reconnecting(RedisLimits limits) {
    return of(limits)
        .autoReconnect(true)
        .replayFilter(command -> true)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.ACCEPT_COMMANDS)
        .build();
  }
}
