package io.podium.demo;

import io.podium.backends.JavaProcess;
import io.podium.backends.MongoProcess;
import io.podium.backends.RedisProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The demo's processes: two Redis, the Mongo-protocol store, two updaters, the read engine. Each is
 * started again when it ends; all end with this JVM, however it ends.
 */
public final class Processes implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);
  private static final List<String> SMALL = List.of("-XX:+UseSerialGC", "-Xss512k");

  private final List<Member> members = new ArrayList<>();
  private final Consumer<String> news;
  private volatile boolean closed;

  private Processes(Consumer<String> news) {
    this.news = news;
  }

  /** Ports of the stores; 0 for any free one. */
  record StorePorts(int events, int cache, int mongo) {}

  /** The stores alone. */
  static Started stores(DemoFiles files, StorePorts ports, Consumer<String> news)
      throws IOException {
    Processes all = new Processes(news);
    Path dir = files.dir();
    // fsync before each acknowledgement: what was answered with 202 survives a power cut too.
    Supplier<RedisProcess> events =
        () ->
            RedisProcess.start(
                dir.resolve("redis-events"),
                port(ports.events()),
                RedisProcess.Role.EVENTS,
                List.of("--appendfsync", "always"));
    Supplier<RedisProcess> cache =
        () ->
            RedisProcess.start(
                dir.resolve("redis-cache"),
                port(ports.cache()),
                RedisProcess.Role.CACHE,
                List.of("--maxmemory", "512mb"));
    Supplier<MongoProcess> mongo =
        () -> MongoProcess.start(dir.resolve("mongo"), port(ports.mongo()), MongoProcess.Kind.FILE);
    CompletableFuture<RedisProcess> e = CompletableFuture.supplyAsync(events);
    CompletableFuture<RedisProcess> c = CompletableFuture.supplyAsync(cache);
    CompletableFuture<MongoProcess> m = CompletableFuture.supplyAsync(mongo);
    try {
      CompletableFuture.allOf(e, c, m).join();
    } catch (CompletionException failure) {
      closeStarted(e);
      closeStarted(c);
      closeStarted(m);
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
    all.add("redis-events", e.join()::process, e.join()::restart);
    all.add("redis-cache", c.join()::process, c.join()::restart);
    all.add("mongo", m.join()::process, m.join()::restart);
    return new Started(all, new DemoConfig.Stores(e.join().uri(), c.join().uri(), m.join().uri()));
  }

  /** Processes and the addresses of their stores. */
  record Started(Processes processes, DemoConfig.Stores stores) implements AutoCloseable {
    @Override
    public void close() {
      processes.close();
    }
  }

  private static int port(int wanted) {
    return wanted == 0 ? io.podium.backends.FreePorts.next() : wanted;
  }

  private static void closeStarted(CompletableFuture<? extends AutoCloseable> started) {
    CompletableFuture<Void> unused =
        started.thenAccept(
            process -> {
              try {
                process.close();
              } catch (Exception e) {
                // It is being given up; what failed first is told.
              }
            });
  }

  /** Updaters and engine; returns when the updaters take events and the engine answers. */
  void startPodium(DemoFiles files, Path config, Ports ports, Api api)
      throws IOException, InterruptedException {
    java(
        "updater-a",
        "-Xmx768m",
        "io.podium.ranking.Main",
        update(files, config, "a", ports.updaterA(), ports.adminA()),
        files);
    java(
        "updater-b",
        "-Xmx768m",
        "io.podium.ranking.Main",
        update(files, config, "b", ports.updaterB(), ports.adminB()),
        files);
    java(
        "engine",
        "-Xmx384m",
        "io.podium.read.Main",
        List.of("serve", "--config", config.toString()),
        files);
    Map<String, String> probes =
        Map.of(
            "updater-a", ports.updaterAUrl() + "/v1/progress",
            "updater-b", ports.updaterBUrl() + "/v1/progress",
            "engine", ports.engineUrl() + "/v1/boards");
    for (Member member : members) {
      String probe = probes.get(member.name());
      if (probe != null) {
        await(member, probe, api);
      }
    }
  }

  private static List<String> update(
      DemoFiles files, Path config, String name, int port, int adminPort) {
    return List.of(
        "update",
        "--config",
        config.toString(),
        "--set",
        "updater.name=" + name,
        "--set",
        "updater.port=" + port,
        "--set",
        "updater.adminPort=" + adminPort,
        "--set",
        "updater.dataDir=" + files.dir().resolve("updater-" + name));
  }

  private void java(String name, String heap, String main, List<String> arguments, DemoFiles files)
      throws IOException {
    List<String> jvm = new ArrayList<>(SMALL);
    jvm.add(heap);
    JavaProcess process = new JavaProcess(name, jvm, main, arguments, files.log(name));
    add(name, process::process, process::restart);
  }

  private synchronized void add(
      String name, Supplier<io.podium.backends.ChildProcess> process, Runnable restart) {
    Member member = new Member(name, process, restart, news);
    members.add(member);
    if (closed) {
      member.close();
    } else {
      member.watch();
    }
  }

  private static void await(Member member, String url, Api api) throws InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (api.status(url) != 200) {
      if (member.restarts() > 2 || System.nanoTime() - deadline > 0) {
        String last = member.lastOutput().lines().reduce((a, b) -> b).orElse("no output");
        throw new DemoException(member.name() + " does not start: " + last);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  synchronized List<Member> members() {
    return List.copyOf(members);
  }

  /** {@code kill -9}; it is started again. */
  void kill(String name) {
    member(name).kill();
  }

  void freeze(String name) {
    member(name).freeze();
  }

  void thaw(String name) {
    member(name).thaw();
  }

  private Member member(String name) {
    return members().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  /** The process id of a member, such as {@code updater-a}; for those who want to kill it. */
  public long pid(String name) {
    return member(name).pid();
  }

  /** In the opposite order of their start. */
  @Override
  public void close() {
    closed = true;
    List<Member> all = new ArrayList<>(members());
    java.util.Collections.reverse(all);
    all.forEach(Member::close);
  }
}
