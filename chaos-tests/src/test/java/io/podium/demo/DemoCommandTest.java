package io.podium.demo;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.podium.backends.ChildProcess;
import io.podium.backends.FreePorts;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoCommandTest {
  @TempDir Path dir = Path.of("");

  @Test
  void theWholeDemoRunsHeadlessAndEndsWithNothingLeft() throws Exception {
    Path log = dir.resolve("demo.log");
    int port = freeBase();
    Path data = dir.resolve("data");
    List<String> arguments =
        List.of("demo", "--port", "" + port, "--for", "12s", "--data", data.toString());
    try (ChildProcess demo =
        ChildProcess.startJava("demo", jvm(), "io.podium.chaos.Main", arguments, log)) {
      Api api = new Api();
      Await.until(
          "a page of 20 with a movement in it or without",
          Duration.ofSeconds(90),
          () -> {
            var page = api.get("http://localhost:" + port + "/v1/rankings/best-sellers?size=20");
            return page != null && page.path("items").size() == 20;
          });
      assertThat(api.status("http://localhost:" + port + "/")).isEqualTo(200);
      anOperatorBreaksTheCacheAndTheShopGoesOn(api, log);
      List<ProcessHandle> started =
          ProcessHandle.of(demo.pid()).orElseThrow().descendants().toList();
      assertThat(demo.onExit().get(90, TimeUnit.SECONDS)).isZero();
      for (ProcessHandle process : started) {
        process.onExit().get(10, TimeUnit.SECONDS);
      }
    }
    assertThat(Files.readString(log)).contains("storefront", "http://localhost:" + port + "/");
  }

  private static void anOperatorBreaksTheCacheAndTheShopGoesOn(Api api, Path log) throws Exception {
    Pattern told = Pattern.compile("operator +(http://localhost:\\d+)/operator/");
    Await.until(
        "the operator's page is told",
        Duration.ofMinutes(1),
        () -> told.matcher(Files.readString(log)).find());
    Matcher found = told.matcher(Files.readString(log));
    assertThat(found.find()).isTrue();
    String front = found.group(1);
    URI button = URI.create(front + "/operator/faults/cache-down");
    assertThat(press(HttpRequest.newBuilder(button))).isEqualTo(403);
    assertThat(press(HttpRequest.newBuilder(button).header("X-Podium-Operator", "1")))
        .isEqualTo(204);
    JsonNode state = requireNonNull(api.get(front + "/operator/state"));
    assertThat(state.path("on")).hasSize(1);
    // The shop beside the buttons comes through the same door.
    assertThat(api.status(front + "/v1/rankings/best-sellers?size=20")).isEqualTo(200);
    assertThat(api.status(front + "/")).isEqualTo(200);
    assertThat(press(HttpRequest.newBuilder(button).header("X-Podium-Operator", "1")))
        .isEqualTo(204);
  }

  private static int press(HttpRequest.Builder request) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            request.POST(HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @Test
  void aTakenPortIsToldInOneLineWithTheRemedy() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String told = refusal("demo", "--port", "" + taken.getLocalPort());
      assertThat(told).contains("" + taken.getLocalPort(), "--port").hasLineCount(1);
    }
  }

  @Test
  void aMissingOrderFileIsToldInOneLine() {
    assertThat(refusal("demo", "--orders", "nowhere.csv")).contains("nowhere.csv").hasLineCount(1);
  }

  @Test
  void anotherDemoInTheSameFolderIsToldInOneLine() throws Exception {
    try (DemoFiles first = DemoFiles.open(dir.resolve("same"), dir)) {
      assertThat(first.dir()).exists();
      String told = refusal("demo", "--port", "" + freeBase(), "--data", first.dir().toString());
      assertThat(told).contains("--data").hasLineCount(1);
    }
  }

  private static String refusal(String... arguments) {
    StringWriter err = new StringWriter();
    CommandLine command = io.podium.chaos.Main.commandLine().setErr(new PrintWriter(err));
    assertThat(command.execute(arguments)).isNotZero();
    return err.toString().strip();
  }

  private static List<String> jvm() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(a -> a.startsWith("--") || a.startsWith("-Dchronicle."))
        .toList();
  }

  /** A base with all of its six ports free. */
  private static int freeBase() {
    while (true) {
      int base = FreePorts.next();
      if (base < 64_000
          && java.util.stream.IntStream.of(0, 1, 2, 1000, 1001, 1002)
              .allMatch(i -> FreePorts.isFree(base + i))) {
        return base;
      }
    }
  }
}
