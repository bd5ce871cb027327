package io.podium.backends;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Three primaries, each with a replica, that share the 16,384 slots. */
public final class RedisCluster implements AutoCloseable {
  private static final int PRIMARIES = 3;
  private static final int SLOTS = 16_384;

  private final List<RedisProcess> nodes = new ArrayList<>();

  private RedisCluster() {}

  public static RedisCluster start(Path dir) {
    RedisCluster cluster = new RedisCluster();
    try {
      cluster.launch(dir);
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    } catch (IOException e) {
      cluster.close();
      throw new BackendException("the cluster did not form: " + e.getMessage(), e);
    }
  }

  private void launch(Path dir) throws IOException {
    for (int i = 0; i < 2 * PRIMARIES; i++) {
      nodes.add(node(dir.resolve("node-" + i)));
    }
    for (int i = 1; i < nodes.size(); i++) {
      ok(nodes.get(0), "CLUSTER MEET 127.0.0.1 " + nodes.get(i).port());
    }
    for (int i = 0; i < PRIMARIES; i++) {
      // Redis 6 knows no ranges of slots.
      String slots =
          IntStream.range(i * SLOTS / PRIMARIES, (i + 1) * SLOTS / PRIMARIES)
              .mapToObj(Integer::toString)
              .collect(Collectors.joining(" "));
      ok(nodes.get(i), "CLUSTER ADDSLOTS " + slots);
    }
    for (int i = 0; i < PRIMARIES; i++) {
      RedisProcess replica = nodes.get(PRIMARIES + i);
      String reply = nodes.get(i).reply("CLUSTER MYID");
      String id = reply.substring(reply.indexOf('\n') + 1).strip();
      Readiness.await("replica " + i, () -> says(replica, "CLUSTER REPLICATE " + id, "+OK"));
    }
    for (RedisProcess node : nodes) {
      Readiness.await("cluster node " + node.port(), () -> isWhole(node));
    }
  }

  private static RedisProcess node(Path dir) {
    for (int attempt = 0; ; attempt++) {
      int port = FreePorts.forClusterNode();
      List<String> settings =
          List.of(
              "--cluster-enabled",
              "yes",
              "--cluster-node-timeout",
              "1500",
              "--cluster-require-full-coverage",
              "no",
              "--repl-diskless-sync-delay",
              "0");
      try {
        return RedisProcess.start(dir, port, RedisProcess.Role.CACHE, settings);
      } catch (BackendException e) {
        if (attempt == 3) {
          throw e;
        }
      }
    }
  }

  private static void ok(RedisProcess node, String command) throws IOException {
    String answer = node.say(command);
    if (!answer.equals("+OK")) {
      throw new IOException(command + " answered " + answer);
    }
  }

  private static boolean says(RedisProcess node, String command, String answer) {
    try {
      return node.say(command).equals(answer);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isWhole(RedisProcess node) {
    try {
      // Redis 6 and 7 tell of slots in different shapes, of nodes in the same: id, address, flags,
      // the primary's id or a dash, and at the end a primary's slots.
      List<String> lines =
          node.reply("CLUSTER NODES").lines().filter(l -> l.contains("@")).toList();
      return node.reply("CLUSTER INFO").contains("cluster_state:ok")
          && lines.size() == 2 * PRIMARIES
          && lines.stream().noneMatch(l -> l.contains("fail") || l.contains("handshake"))
          && lines.stream().filter(l -> l.matches(".*master.* \\d+-\\d+\\s*")).count() == PRIMARIES
          && lines.stream().filter(l -> l.contains("slave")).count() == PRIMARIES;
    } catch (IOException e) {
      return false;
    }
  }

  public String uri() {
    return "redis-cluster://"
        + nodes.stream().map(n -> "127.0.0.1:" + n.port()).collect(Collectors.joining(","));
  }

  /** The primaries as long as nothing failed over. */
  public List<RedisProcess> firstPrimaries() {
    return List.copyOf(nodes.subList(0, PRIMARIES));
  }

  @Override
  public void close() {
    nodes.forEach(RedisProcess::close);
  }
}
