package io.podium.bench.read;

import io.podium.backends.ChildProcess;
import io.podium.backends.FreePorts;
import io.podium.bench.Fork;
import io.podium.bench.MeasurementException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The read engine as users start it: {@code ./podium serve}, with every feature on. */
final class EngineServer extends Server {
  /** URIs of the cache role and of Mongo. */
  record Stores(String cache, String mongo) {
    /** An outage: nobody listens there. */
    static final Stores AWAY =
        new Stores("redis://127.0.0.1:1", "mongodb://127.0.0.1:1/?directConnection=true");
  }

  private static final Duration AT_THE_END = Duration.ofSeconds(30);

  private final int adminPort;

  private EngineServer(ChildProcess process, int port, int adminPort) {
    super("podium serve", process, port);
    this.adminPort = adminPort;
  }

  /**
   * @param stores which of them it asks
   * @param settings more, as {@code engine.eventLoops=1}
   */
  static EngineServer start(Path dir, Stores stores, List<String> settings) {
    EngineServer server = launch(dir, stores, settings);
    return server.ready(server);
  }

  /** Does not wait. */
  static EngineServer launch(Path dir, Stores stores, List<String> settings) {
    String home = System.getProperty("podium.home");
    if (home == null) {
      throw new MeasurementException("the engine is started by the launcher: ./podium bench");
    }
    int port = FreePorts.next();
    int adminPort = FreePorts.next();
    List<String> command = new ArrayList<>(List.of(home + "/podium", "serve"));
    List<String> all = new ArrayList<>(settings);
    all.add("engine.host=127.0.0.1");
    all.add("engine.port=" + port);
    all.add("engine.adminPort=" + adminPort);
    all.add("engine.adminToken=bench-token-of-some-length");
    all.add("engine.hotTier.dir=" + dir.resolve("hot"));
    all.add("stores.cache.uri=" + stores.cache());
    all.add("stores.mongo.uri=" + stores.mongo());
    all.forEach(setting -> command.addAll(List.of("--set", setting)));
    ChildProcess process =
        ChildProcess.start("podium serve", command, environment(), dir.resolve("engine.log"));
    return new EngineServer(process, port, adminPort);
  }

  private static Map<String, String> environment() {
    String recording = Fork.recording("engine");
    String own = System.getenv("PODIUM_JAVA_OPTS");
    return recording == null
        ? Map.of()
        : Map.of("PODIUM_JAVA_OPTS", own == null ? recording : own + " " + recording);
  }

  /** Killed: nobody is left to be answered. A recording is written at the end, though. */
  @Override
  public void close() {
    if (Fork.recording("engine") != null) {
      process().terminate(AT_THE_END);
    }
    process().kill();
  }

  /** A metric, over all its labels; 0 when there is none of that name. */
  double metric(String name) {
    return sum(line -> line.startsWith(name + " ") || line.startsWith(name + "{"));
  }

  /** Answers that said that they may not be the newest. */
  double stale() {
    return sum(line -> line.startsWith("podium_read_answers_total{tier=\"stale\"}"));
  }

  private double sum(Predicate<String> of) {
    String text =
        new String(Answer.get(adminPort, "/metrics", "identity").body(), StandardCharsets.UTF_8);
    return text.lines()
        .filter(of)
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** A full collection, so that what is live can be compared. */
  void collect() {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    try {
      Process process =
          new ProcessBuilder(jcmd, Long.toString(process().pid()), "GC.run")
              .redirectErrorStream(true)
              .start();
      process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new MeasurementException("jcmd cannot reach the engine");
      }
    } catch (IOException e) {
      throw new MeasurementException("jcmd cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeasurementException("interrupted", e);
    }
  }
}
