package io.podium.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.backends.ChildProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A real Chromium without a window, driven by its DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient client = HttpClient.newHttpClient();
  private final ChildProcess process;
  private final int port;

  Browser(Path dir) throws Exception {
    Path profile = Files.createDirectories(dir.resolve("chromium"));
    process =
        ChildProcess.start(
            "chromium",
            List.of(
                program(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank"),
            Map.of(),
            dir.resolve("chromium.log"));
    Path told = profile.resolve("DevToolsActivePort");
    Await.until("chromium listens", PATIENCE, () -> lines(told).size() >= 2);
    port = Integer.parseInt(lines(told).get(0));
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private static String program() {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, "chromium"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("needs chromium: apt install chromium"))
        .toString();
  }

  /** A tab without cookies or memory of others, so large, in the browser's own language. */
  Tab open(int width, int height) throws Exception {
    try (Tab root = new Tab(client, address("/json/version"))) {
      String context =
          root.call("Target.createBrowserContext", Map.of()).path("browserContextId").asText();
      Map<String, Object> wanted = Map.of("url", "about:blank", "browserContextId", context);
      String id = root.call("Target.createTarget", wanted).path("targetId").asText();
      Tab tab = new Tab(client, "ws://127.0.0.1:" + port + "/devtools/page/" + id);
      tab.begin(width, height);
      return tab;
    }
  }

  private String address(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    JsonNode told = JSON.readTree(body);
    return told.path("webSocketDebuggerUrl").asText();
  }

  @Override
  public void close() {
    process.terminate(Duration.ofSeconds(5));
  }
}
