package io.podium.bench.read;

import io.podium.backends.ChildProcess;
import io.podium.backends.FreePorts;
import io.podium.backends.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The service that a team would write in an afternoon: {@link EachTime} and a Redis of its own.
 * What both take is what an answer costs.
 */
final class EachTimeServer extends Server {
  private final RedisProcess redis;

  private EachTimeServer(ChildProcess process, int port, RedisProcess redis) {
    super("vert.x and redis", process, port);
    this.redis = redis;
  }

  static Server start(Path dir, String target, Answer identity, Answer gzip) throws IOException {
    RedisProcess redis =
        RedisProcess.start(dir.resolve("each-time-redis"), RedisProcess.Role.CACHE);
    Path plain = dir.resolve("each-time-page");
    Path packed = dir.resolve("each-time-page.gz");
    Files.write(plain, identity.body());
    Files.write(packed, gzip.body());
    int port = FreePorts.next();
    ChildProcess process =
        ChildProcess.start(
            "each-time",
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                EachTime.class.getName(),
                Integer.toString(port),
                redis.uri(),
                target,
                plain.toString(),
                packed.toString()),
            Map.of(),
            dir.resolve("each-time.log"));
    EachTimeServer server = new EachTimeServer(process, port, redis);
    return server.ready(server);
  }

  @Override
  List<Long> pids() {
    List<Long> pids = new ArrayList<>(super.pids());
    pids.add(redis.process().pid());
    return pids;
  }

  @Override
  public void close() {
    super.close();
    redis.close();
  }
}
