package io.podium.backends;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A primary with two replicas, and three sentinels that watch them. */
public final class RedisSentinels implements AutoCloseable {
  private static final int NODES = 3;

  private final List<RedisProcess> servers = new ArrayList<>();
  private final List<RedisProcess> sentinels = new ArrayList<>();

  private RedisSentinels() {}

  public static RedisSentinels start(Path dir) {
    RedisSentinels set = new RedisSentinels();
    try {
      set.launch(dir);
      return set;
    } catch (RuntimeException e) {
      set.close();
      throw e;
    }
  }

  private void launch(Path dir) {
    for (int i = 0; i < NODES; i++) {
      List<String> settings = new ArrayList<>(List.of("--repl-diskless-sync-delay", "0"));
      if (i > 0) {
        String port = Integer.toString(servers.get(0).port());
        settings.addAll(List.of("--replicaof", "127.0.0.1", port));
      }
      servers.add(
          RedisProcess.start(
              dir.resolve("server-" + i), FreePorts.next(), RedisProcess.Role.CACHE, settings));
    }
    for (int i = 0; i < NODES; i++) {
      Path home = dir.resolve("sentinel-" + i);
      BackendProcess.create(home);
      int port = FreePorts.next();
      sentinels.add(RedisProcess.startSentinel(home, port, config(home, port)));
    }
    for (int i = 0; i < NODES; i++) {
      RedisProcess sentinel = sentinels.get(i);
      Readiness.await("sentinel " + i, () -> knowsAll(sentinel));
    }
  }

  private Path config(Path home, int port) {
    String text =
        String.join(
            "\n",
            "port " + port,
            "bind 127.0.0.1",
            "dir " + home,
            "sentinel monitor podium 127.0.0.1 " + servers.get(0).port() + " 2",
            "sentinel down-after-milliseconds podium 1000",
            "sentinel failover-timeout podium 3000",
            "");
    try {
      return Files.writeString(home.resolve("sentinel.conf"), text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean knowsAll(RedisProcess sentinel) {
    try {
      // The usable ones, itself included, in words.
      return sentinel.say("SENTINEL CKQUORUM podium").startsWith("+OK 3 usable")
          && sentinel.reply("SENTINEL MASTER podium").contains("num-slaves\r\n$1\r\n2");
    } catch (IOException e) {
      return false;
    }
  }

  public String uri() {
    String hosts =
        sentinels.stream().map(s -> "127.0.0.1:" + s.port()).collect(Collectors.joining(","));
    return "redis-sentinel://" + hosts + "?sentinelMasterId=podium";
  }

  /** The server that is the primary as long as nothing failed over. */
  public RedisProcess firstPrimary() {
    return servers.get(0);
  }

  /** All servers, the first primary first. */
  public List<RedisProcess> servers() {
    return List.copyOf(servers);
  }

  @Override
  public void close() {
    sentinels.forEach(RedisProcess::close);
    servers.forEach(RedisProcess::close);
  }
}
