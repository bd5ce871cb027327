package io.podium.ranking.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.backends.ChildProcess;
import io.podium.backends.FreePorts;
import io.podium.ranking.Main;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The real {@code podium update} as a process of its own, and a client of it. */
final class UpdaterProcess implements AutoCloseable {
  static final String KEY = "secret";
  private static final List<String> JVM =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Path dir;
  private final String name;
  private final Path config;
  private final List<String> settings;
  final int port = FreePorts.next();
  final int adminPort = FreePorts.next();
  private ChildProcess process;

  /**
   * @param boards YAML below {@code boards:}, indented by two
   */
  UpdaterProcess(Path dir, String name, Backends stores, String boards, String... settings)
      throws IOException {
    this.dir = dir;
    this.name = name;
    this.config = dir.resolve(name + ".yaml");
    this.settings = List.of(settings);
    Files.createDirectories(dir);
    Files.writeString(
        config,
        """
        stores:
          events: { uri: "%s" }
          cache: { uri: "%s" }
          mongo: { uri: "%s" }
        updater:
          name: %s
          host: 127.0.0.1
          port: %d
          adminPort: %d
          adminToken: admin
          keys: { test: %s }
          dataDir: %s
          checkpointEvery: PT1S
          mongoEvery: PT0.2S
        boards:
        %s"""
            .formatted(
                stores.events.uri(),
                stores.cache.uri(),
                stores.mongo.uri(),
                name,
                port,
                adminPort,
                KEY,
                dir.resolve(name),
                boards),
        StandardCharsets.UTF_8);
    process = launch();
  }

  private ChildProcess launch() {
    List<String> arguments = new ArrayList<>(List.of("update", "--config", config.toString()));
    settings.forEach(s -> arguments.addAll(List.of("--set", s)));
    return ChildProcess.startJava(
        "updater-" + name, JVM, Main.class.getName(), arguments, dir.resolve(name + ".log"));
  }

  ChildProcess process() {
    return process;
  }

  void kill() {
    process.kill();
  }

  void restart() {
    process.kill();
    process = launch();
  }

  Path dataDir() {
    return dir.resolve(name);
  }

  String log() throws IOException {
    return Files.readString(dir.resolve(name + ".log"));
  }

  /** The status of one POST of a batch; 0 when nobody answers. */
  int post(String batch) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/events"))
            .header("Authorization", "Bearer " + KEY)
            .header("Content-Type", "application/cloudevents-batch+json")
            .timeout(Duration.ofSeconds(5))
            .POST(HttpRequest.BodyPublishers.ofString(batch))
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Repeats it until it is acknowledged. */
  void postUntilAccepted(String batch) {
    Eventually.get("202", () -> post(batch), status -> status == 202);
  }

  JsonNode progress() throws IOException, InterruptedException {
    return JSON.readTree(get(port, "/v1/progress").body());
  }

  HttpResponse<String> admin(String path) throws IOException, InterruptedException {
    return get(adminPort, path);
  }

  HttpResponse<String> adminPost(String path) throws IOException, InterruptedException {
    return adminPost(path, "");
  }

  HttpResponse<String> adminPost(String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path))
            .header("Authorization", "Bearer admin")
            .timeout(Duration.ofSeconds(5))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(int at, String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path))
            .header("Authorization", "Bearer admin")
            .timeout(Duration.ofSeconds(5))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Waits until everything posted so far has been read. */
  JsonNode settled() {
    return Eventually.get(
        name + " has read everything",
        this::progress,
        p ->
            List.of("active", "following").contains(p.path("state").asText())
                && p.path("lag").path("known").asBoolean()
                && p.path("lag").path("entries").asLong() == 0);
  }

  @Override
  public void close() {
    process.close();
  }
}
