package io.podium.chaos.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.backends.ChildProcess;
import io.podium.backends.FreePorts;
import io.podium.backends.JavaProcess;
import io.podium.backends.RedisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The stores, two updaters and the read engines, with a link that can fail between each of them and
 * each store. What is killed stays dead until it is started again: a drill decides when. Safe from
 * any thread once it is started.
 */
public final class Stack implements AutoCloseable {
  public static final String EVENTS = "redis-events";
  public static final String CACHE = "redis-cache";
  public static final String MONGO = "mongo";

  private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-Xss512k");

  /** Starts in half the time, and runs at a third of the speed. */
  private static final String QUICK = "-XX:TieredStopAtLevel=1";

  private final Path dir;
  private final Layout layout;
  private final Path file;
  private final Links links;
  private final StoreProcesses stores;
  private final List<Member> members = new ArrayList<>();
  private final List<String> updaterUrls = new ArrayList<>();
  private final List<Path> updaterDirs = new ArrayList<>();
  private final List<String> engineUrls = new ArrayList<>();
  private final List<String> adminUrls = new ArrayList<>();
  private final List<Path> hotDirs = new ArrayList<>();

  private Stack(Path dir, Layout layout, long seed) {
    this.dir = dir;
    this.layout = layout;
    this.file = dir.resolve("podium.yaml");
    this.links = new Links(seed);
    this.stores = new StoreProcesses(dir, layout.cache());
  }

  /**
   * Stores answer, the other processes are launched; {@link Api#isUp} tells when they answer.
   *
   * @param dir data and logs
   * @param boards as under {@code boards} of a configuration file
   * @param seed of what links leave to chance
   */
  public static Stack start(Path dir, Layout layout, Map<String, Object> boards, long seed)
      throws IOException {
    Files.createDirectories(dir);
    Stack stack = new Stack(dir, layout, seed);
    try {
      stack.launch(boards);
      return stack;
    } catch (IOException | RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  private void launch(Map<String, Object> boards) throws IOException {
    add(EVENTS, stores.events()::process, stores.events()::restart);
    for (RedisProcess server : stores.cacheServers()) {
      String name = server == stores.cacheServers().get(0) ? CACHE : CACHE + "-" + server.port();
      add(name, server::process, server::restart);
    }
    add(MONGO, stores.mongo()::process, stores.mongo()::restart);
    // JSON is YAML as well.
    new ObjectMapper().writeValue(file.toFile(), StackConfig.of(stores, layout, boards));
    startUpdater("updater-a", layout.clocksApart());
    startUpdater("updater-b", layout.clocksApart().negated());
    for (int i = 1; i <= layout.engines(); i++) {
      startEngine("engine-" + i);
    }
  }

  private void startUpdater(String name, Duration ahead) {
    int port = FreePorts.next();
    Path data = dir.resolve(name);
    updaterUrls.add("http://localhost:" + port);
    updaterDirs.add(data);
    List<String> set = linked(name);
    set.add("updater.name=" + name);
    set.add("updater.port=" + port);
    set.add("updater.dataDir=" + data);
    if (ahead.isZero()) {
      java(name, List.of("-Xmx768m"), "io.podium.ranking.Main", List.of("update"), set);
    } else {
      List<String> jvm = List.of("-Xmx768m", "-D" + UpdaterApart.OFFSET + "=" + ahead);
      java(name, jvm, UpdaterApart.class.getName(), List.of(), set);
    }
  }

  private void startEngine(String name) {
    int port = FreePorts.next();
    int admin = FreePorts.next();
    Path hot = dir.resolve(name);
    engineUrls.add("http://localhost:" + port);
    adminUrls.add("http://localhost:" + admin);
    hotDirs.add(hot);
    List<String> set = linked(name);
    set.add("engine.port=" + port);
    set.add("engine.adminPort=" + admin);
    set.add("engine.hotTier.dir=" + hot);
    java(
        name,
        List.of("-Xmx" + layout.engineHeapMiB() + "m"),
        "io.podium.read.Main",
        List.of("serve"),
        set);
  }

  /** The addresses of the stores as this process sees them. */
  private List<String> linked(String process) {
    List<String> set = new ArrayList<>();
    int events = links.open(process, EVENTS, stores.events().port());
    set.add("stores.events.uri=redis://127.0.0.1:" + events);
    if (layout.cache() == Layout.Cache.SERVER) {
      int cache = links.open(process, CACHE, stores.cache().port());
      set.add("stores.cache.uri=redis://127.0.0.1:" + cache);
    }
    int mongo = links.open(process, MONGO, stores.mongo().port());
    set.add("stores.mongo.uri=mongodb://127.0.0.1:" + mongo + "/?directConnection=true");
    return set;
  }

  private void java(
      String name, List<String> flags, String main, List<String> command, List<String> settings) {
    List<String> jvm = new ArrayList<>(SMALL);
    jvm.addAll(flags);
    if (layout.isQuick()) {
      jvm.add(QUICK);
    }
    List<String> arguments = new ArrayList<>(command);
    arguments.addAll(List.of("--config", file.toString()));
    settings.forEach(s -> arguments.addAll(List.of("--set", s)));
    JavaProcess process = new JavaProcess(name, jvm, main, arguments, dir.resolve(name + ".log"));
    add(name, process::process, process::restart);
  }

  private void add(String name, Supplier<ChildProcess> process, Runnable restart) {
    members.add(new Member(name, process, restart));
  }

  /**
   * @param name redis-events, redis-cache, mongo, updater-a, updater-b or engine-1 and so on
   */
  public Member member(String name) {
    return members.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  public List<Member> members() {
    return List.copyOf(members);
  }

  public Links links() {
    return links;
  }

  public StoreProcesses stores() {
    return stores;
  }

  /** Base addresses of the read engines. */
  public List<String> engineUrls() {
    return List.copyOf(engineUrls);
  }

  /** Base addresses of their admin ports. */
  public List<String> adminUrls() {
    return List.copyOf(adminUrls);
  }

  /** Folders of their hot tiers. */
  public List<Path> hotDirs() {
    return List.copyOf(hotDirs);
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
    List<AutoCloseable> all = new ArrayList<>(members);
    Collections.reverse(all);
    // Whoever ends says good-bye to its stores.
    all.add(0, links::heal);
    all.add(stores);
    all.add(links);
    Closing.all(all);
  }
}
