package io.podium.bench.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.podium.backends.FreePorts;
import io.podium.backends.JavaProcess;
import io.podium.backends.MongoProcess;
import io.podium.backends.RedisProcess;
import io.podium.bench.Fork;
import io.podium.bench.MeasurementException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Stores and one updater as processes on loopback, and a read engine where it is wanted. */
public final class Site implements AutoCloseable {
  static final String TOKEN = "bench";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(20);
  private static final JsonMapper JSON = new JsonMapper();

  private final Path dir;
  private final RedisProcess events;
  private final RedisProcess cache;
  private final MongoProcess mongo;
  private final Path config;
  private final int port = FreePorts.next();
  private final int enginePort = FreePorts.next();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private @Nullable JavaProcess updater;
  private @Nullable JavaProcess engine;

  /**
   * @param settings lines of the section {@code updater}, indented by two
   * @param boards the section's lines, indented by two
   */
  public Site(Path dir, String settings, String boards) throws IOException {
    this.dir = dir;
    // Acknowledged events survive a power cut: what a shop would run.
    this.events =
        RedisProcess.start(
            dir.resolve("events"),
            FreePorts.next(),
            RedisProcess.Role.EVENTS,
            List.of("--appendfsync", "everysec", "--auto-aof-rewrite-percentage", "0"));
    this.cache = RedisProcess.start(dir.resolve("cache"), RedisProcess.Role.CACHE);
    this.mongo = MongoProcess.start(dir.resolve("mongo"), MongoProcess.Kind.MEMORY);
    this.config = dir.resolve("podium.yaml");
    Files.writeString(
        config,
        """
        stores:
          events: { uri: "%s" }
          cache: { uri: "%s" }
          redis: { connectTimeout: PT1S, readTimeout: PT1S, writeTimeout: PT5S }
          mongo: { uri: "%s", database: podium, selectTimeout: PT1S, readTimeout: PT1S, writeTimeout: PT5S }
        updater:
          name: bench
          host: 127.0.0.1
          port: %d
          adminPort: 0
          dataDir: "%s"
          keys: { bench: %s }
        %s
        engine:
          host: 127.0.0.1
          port: %d
          adminPort: 0
          adminToken: %s
          hotTier: { dir: "%s", entries: 20000 }
        boards:
        %s
        """
            .formatted(
                events.uri(),
                cache.uri(),
                mongo.uri(),
                port,
                dir.resolve("updater"),
                TOKEN,
                settings.stripTrailing(),
                enginePort,
                TOKEN,
                dir.resolve("engine"),
                boards.stripTrailing()));
  }

  RedisProcess events() {
    return events;
  }

  /** The stores' processes, and those given. */
  public List<Long> pids(List<Long> others) {
    List<Long> pids = new ArrayList<>(others);
    pids.add(events.process().pid());
    pids.add(cache.process().pid());
    pids.add(mongo.process().pid());
    return pids;
  }

  /** Started again after it was killed, or for the first time; returns when it is launched. */
  public JavaProcess startUpdater(String... jvm) {
    JavaProcess running = updater;
    if (running == null) {
      List<String> flags = new ArrayList<>(List.of(jvm));
      String recording = Fork.recording("updater");
      if (recording != null) {
        flags.add(recording);
      }
      running =
          new JavaProcess(
              "updater",
              flags,
              "io.podium.ranking.Main",
              List.of("update", "--config", config.toString()),
              dir.resolve("updater.log"));
      updater = running;
    } else {
      running.restart();
    }
    return running;
  }

  public JavaProcess startEngine() {
    List<String> flags = new ArrayList<>(List.of("-Xmx384m", "-Xss512k"));
    flags.addAll(JavaProcess.ENGINE_TUNING);
    String recording = Fork.recording("engine");
    if (recording != null) {
      flags.add(recording);
    }
    JavaProcess started =
        new JavaProcess(
            "engine",
            flags,
            "io.podium.read.Main",
            List.of("serve", "--config", config.toString()),
            dir.resolve("engine.log"));
    engine = started;
    return started;
  }

  public String updaterUrl() {
    return "http://localhost:" + port;
  }

  public String engineUrl() {
    return "http://localhost:" + enginePort;
  }

  public int enginePort() {
    return enginePort;
  }

  /** What the updater's progress says; a missing node while it does not answer. */
  JsonNode progress() {
    return get(updaterUrl() + "/v1/progress");
  }

  /** The body of a 200; else a missing node. */
  JsonNode get(String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(5)).build();
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return answer.statusCode() == 200 ? JSON.readTree(answer.body()) : JSON.missingNode();
    } catch (IOException e) {
      return JSON.missingNode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeasurementException("interrupted", e);
    }
  }

  /** Waits until the updater's progress is as it should be. */
  JsonNode await(String what, Duration patience, Predicate<JsonNode> wanted) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      JsonNode progress = progress();
      if (!progress.isMissingNode() && wanted.test(progress)) {
        return progress;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new MeasurementException(
            "not within " + patience.toSeconds() + " s: " + what + "; it tells " + progress);
      }
      LockSupport.parkNanos(LOOK_EVERY);
    }
  }

  public JsonNode awaitActive() {
    return await("the updater is active", PATIENCE, p -> p.path("state").asText().equals("active"));
  }

  /** Waits for an answer of 200. */
  public void awaitUp(String url) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (get(url).isMissingNode()) {
      if (System.nanoTime() - deadline > 0) {
        throw new MeasurementException("nobody answers " + url);
      }
      LockSupport.parkNanos(LOOK_EVERY);
    }
  }

  @Override
  public void close() {
    end(engine, "engine");
    end(updater, "updater");
    mongo.close();
    cache.close();
    events.close();
  }

  /** Killed: what it would leave in order is thrown away. A recording is written at the end. */
  private static void end(@Nullable JavaProcess process, String name) {
    if (process == null) {
      return;
    }
    if (Fork.recording(name) != null) {
      process.process().terminate(PATIENCE);
    }
    process.process().kill();
  }
}
