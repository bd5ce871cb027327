package io.podium.chaos.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.backends.ChildProcess;
import io.podium.backends.FreePorts;
import io.podium.backends.JavaProcess;
import io.podium.backends.MongoProcess;
import io.podium.backends.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Two Redis, the Mongo-protocol store, two updaters and a read engine. What is killed stays dead
 * until it is started again: a drill decides when.
 */
public final class Stack implements AutoCloseable {
  private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-Xss512k");

  private final Path dir;
  private final List<Member> members = new ArrayList<>();
  private final List<String> updaterUrls = new ArrayList<>();
  private final List<Path> updaterDirs = new ArrayList<>();
  private final StackConfig config;
  private final Path file;

  private Stack(Path dir, StackConfig config, Path file) {
    this.dir = dir;
    this.config = config;
    this.file = file;
  }

  /**
   * Stores answer, the other processes are launched; {@link Api#isUp} tells when they answer.
   *
   * @param dir data and logs
   * @param boards as under {@code boards} of a configuration file
   */
  public static Stack start(Path dir, Map<String, Object> boards) throws IOException {
    Files.createDirectories(dir);
    Path file = dir.resolve("podium.yaml");
    StackConfig config = new StackConfig(dir, FreePorts.next(), FreePorts.next());
    Stack stack = new Stack(dir, config, file);
    try {
      stack.startStores(boards);
      stack.startUpdater("updater-a");
      stack.startUpdater("updater-b");
      stack.startEngine();
      return stack;
    } catch (IOException | RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  private void startStores(Map<String, Object> boards) throws IOException {
    // Before each acknowledgement, so that the events role loses nothing when it is killed.
    List<String> durable = List.of("--appendfsync", "always");
    RedisProcess events =
        RedisProcess.start(
            dir.resolve("redis-events"), FreePorts.next(), RedisProcess.Role.EVENTS, durable);
    add("redis-events", events::process, events::restart);
    RedisProcess cache = RedisProcess.start(dir.resolve("redis-cache"), RedisProcess.Role.CACHE);
    add("redis-cache", cache::process, cache::restart);
    MongoProcess mongo = MongoProcess.start(dir.resolve("mongo"), MongoProcess.Kind.FILE);
    add("mongo", mongo::process, mongo::restart);
    // JSON is YAML as well.
    new ObjectMapper()
        .writeValue(file.toFile(), config.of(events.uri(), cache.uri(), mongo.uri(), boards));
  }

  private void startUpdater(String name) {
    int port = FreePorts.next();
    Path data = dir.resolve(name);
    updaterUrls.add("http://localhost:" + port);
    updaterDirs.add(data);
    java(
        name,
        "-Xmx768m",
        "io.podium.ranking.Main",
        List.of(
            "update",
            "--config",
            file.toString(),
            "--set",
            "updater.name=" + name,
            "--set",
            "updater.port=" + port,
            "--set",
            "updater.dataDir=" + data));
  }

  private void startEngine() {
    java(
        "engine", "-Xmx384m", "io.podium.read.Main", List.of("serve", "--config", file.toString()));
  }

  private void java(String name, String heap, String main, List<String> arguments) {
    List<String> jvm = new ArrayList<>(SMALL);
    jvm.add(heap);
    JavaProcess process = new JavaProcess(name, jvm, main, arguments, dir.resolve(name + ".log"));
    add(name, process::process, process::restart);
  }

  private void add(String name, Supplier<ChildProcess> process, Runnable restart) {
    members.add(new Member(name, process, restart));
  }

  /**
   * @param name redis-events, redis-cache, mongo, updater-a, updater-b or engine
   */
  public Member member(String name) {
    return members.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  public List<Member> members() {
    return List.copyOf(members);
  }

  /** Base address of the read engine. */
  public String engineUrl() {
    return "http://localhost:" + config.enginePort();
  }

  /** Base addresses of the updaters, a then b. */
  public List<String> updaterUrls() {
    return List.copyOf(updaterUrls);
  }

  /** Data folders of the updaters, a then b. */
  public List<Path> updaterDirs() {
    return List.copyOf(updaterDirs);
  }

  public Path configFile() {
    return file;
  }

  public Path dir() {
    return dir;
  }

  /** In the opposite order of their start. */
  @Override
  public void close() {
    for (int i = members.size() - 1; i >= 0; i--) {
      members.get(i).close();
    }
  }
}
