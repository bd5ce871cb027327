package io.podium.chaos.stores;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.backends.ChildProcess;
import io.podium.backends.FreePorts;
import io.podium.backends.JavaProcess;
import io.podium.store.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;

/** A read engine as a process of its own. */
final class EngineProcess implements AutoCloseable {
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
  private static final List<String> ACCESS =
      List.of("--add-", "--enable-native", "--sun-misc", "-Dchronicle.");

  /** A small heap shows what grows. */
  private static final List<String> HEAP = List.of("-Xmx256m", "-XX:+UseSerialGC");

  private static final Duration START = Duration.ofMinutes(2);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(20))
          .build();
  private final Path dir;
  private final Path config;
  private final int port = FreePorts.next();
  private final int adminPort = FreePorts.next();
  private ChildProcess process;

  EngineProcess(Path dir, Map<String, Object> stores) {
    this.dir = dir;
    this.config = dir.resolve("engine.yaml");
    Map<String, Object> engine =
        Map.of(
            "host",
            "127.0.0.1",
            "port",
            port,
            "adminPort",
            adminPort,
            "hotTier",
            Map.of("dir", dir.resolve("hot").toString(), "entries", 10_000));
    try {
      // JSON is YAML as well.
      new ObjectMapper().writeValue(config.toFile(), Map.of("stores", stores, "engine", engine));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.process = launch();
    awaitBoards();
  }

  private ChildProcess launch() {
    List<String> jvm = new ArrayList<>(HEAP);
    jvm.addAll(JavaProcess.ENGINE_TUNING);
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> ACCESS.stream().anyMatch(a::startsWith))
        .forEach(jvm::add);
    return ChildProcess.startJava(
        "engine",
        jvm,
        "io.podium.read.Main",
        List.of("serve", "--config", config.toString()),
        dir.resolve("engine.log"));
  }

  private void awaitBoards() {
    try {
      Await.until("the engine answers", START, () -> status("/v1/boards") == 200);
    } catch (AssertionError e) {
      throw new AssertionError(process.lastOutput(), e);
    }
  }

  int port() {
    return port;
  }

  /** Every page that is read is held. */
  void warm() {
    for (int i = 0; i < FaultyShop.LISTINGS; i++) {
      String page = FaultyShop.warm(i);
      Await.until("warm", START, () -> status(page) == 200);
    }
  }

  /** {@code kill -9} and a new process on the same files; returns when it answers. */
  void restart() {
    process.kill();
    process = launch();
    awaitBoards();
  }

  int status(String path) {
    try {
      return get(port, path).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  HttpResponse<String> get(String path) throws IOException {
    return get(port, path);
  }

  /** Whether the page shows this epoch. */
  boolean serves(String path, long epoch) {
    try {
      return get(path).body().contains("\"epoch\":" + epoch + ",");
    } catch (IOException e) {
      return false;
    }
  }

  /** The status of the answer when it comes. */
  CompletableFuture<Integer> ask(String path) {
    return http.sendAsync(request(port, path), HttpResponse.BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  private static HttpRequest request(int at, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path))
        .timeout(Duration.ofSeconds(20))
        .build();
  }

  private HttpResponse<String> get(int at, String path) throws IOException {
    try {
      return http.send(
          request(at, path), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** The sum of a metric's samples whose labels contain the text. */
  double metric(String name, String labels) {
    return samples(name, labels).sum();
  }

  /** How many samples of a metric are 1. */
  long ones(String name) {
    return samples(name, "").filter(value -> value == 1).count();
  }

  private DoubleStream samples(String name, String labels) {
    try {
      return get(adminPort, "/metrics")
          .body()
          .lines()
          .filter(l -> l.startsWith(name) && l.contains(labels))
          .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Processor time since its start, of all threads, user and system. */
  Duration cpu() {
    return ProcessHandle.of(process.pid())
        .flatMap(p -> p.info().totalCpuDuration())
        .orElseThrow(() -> new AssertionError("the engine is gone"));
  }

  /** Bytes of live objects on the heap, after a full collection. */
  long liveHeap() {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process histogram =
          new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher total = TOTAL.matcher(text);
      if (!total.find()) {
        throw new AssertionError("no histogram: " + text.lines().limit(3).toList());
      }
      return Long.parseLong(total.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
