package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.backends.ChildProcess;
import io.podium.backends.TestCertificates;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs of others against a running engine. On demand, as it needs curl, Chromium, slowhttptest,
 * Schemathesis and openapi-python-client:
 *
 * <pre>
 * ./podium test -pl read-engine -am -Dtest=StrangersCheck -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
@ExtendWith(LiveShop.class)
class StrangersCheck {
  private static final List<String> TARGETS =
      List.of(
          "/v1/rankings/best",
          "/v1/rankings/best?size=100",
          "/v1/rankings/best/products/P1",
          "/v1/products/P1",
          "/v1/boards",
          "/openapi.yaml",
          "/docs",
          "/");
  private static final int SLOW_CONNECTIONS = Integer.getInteger("podium.slowConnections", 4_000);
  private static final int SECONDS = Integer.getInteger("podium.slowSeconds", 15);
  private static final int ROUNDS = 5;
  private static final String PAGE = "/v1/rankings/best?size=100";
  private static final double MOST_SLOWER = 1.5;

  private final LiveShop.Running live;
  private final Path dir;

  StrangersCheck(LiveShop.Running live, @TempDir Path dir) {
    this.live = live;
    this.dir = dir;
  }

  /** In clear text by upgrade and by prior knowledge, over TLS by ALPN. */
  @Test
  void curlReadsEverythingOverHttp2() throws Exception {
    TestCertificates made = TestCertificates.make(dir.resolve("tls"));
    EngineConfig.Tls tls = new EngineConfig.Tls(made.certificate(), made.key());
    try (Engine secure = Engines.start(live.shop.stores(), Engines.tls(dir, tls))) {
      // curl's own certificate check is not what is looked at.
      curl("--http2", "http://127.0.0.1:" + live.engine.port(), TARGETS);
      curl("--http2-prior-knowledge", "http://127.0.0.1:" + live.engine.port(), TARGETS);
      curl("--http2", "https://127.0.0.1:" + secure.port(), TARGETS.subList(0, 7));
    }
  }

  private void curl(String version, String base, List<String> targets) throws Exception {
    String curl = FrontCache.program("curl", "apt install curl");
    for (String target : targets) {
      for (String coding : List.of("--no-compressed", "--compressed")) {
        Path body = dir.resolve("body");
        String said =
            run(
                60,
                List.of(
                    curl,
                    "-sS",
                    "-k",
                    version,
                    coding,
                    "--retry",
                    "20",
                    "--retry-delay",
                    "1",
                    "-o",
                    body.toString(),
                    "-w",
                    "%{http_code} %{http_version}",
                    base + target));
        assertThat(said.strip()).as(base + target).isEqualTo("200 2");
        HttpResponse<byte[]> direct = live.http.get(target);
        assertThat(Files.readAllBytes(body)).as(target).isEqualTo(direct.body());
      }
    }
  }

  /** The page that tries the API, run by a browser, and a page as the browser shows it. */
  @Test
  void chromiumReadsPages() throws Exception {
    String dom = chromium("/docs");
    assertThat(dom).contains("<form id=\"try\"").contains("<option value=\"/v1/");
    assertThat(chromium("/v1/rankings/best?size=10")).contains("\"productId\":\"P1\"");
    assertThat(chromium("/")).contains("판매 랭킹");
  }

  private String chromium(String target) throws Exception {
    return run(
        120,
        List.of(
            FrontCache.program("chromium", "apt install chromium"),
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--virtual-time-budget=5000",
            "--user-data-dir=" + dir.resolve("chromium"),
            "--dump-dom",
            "http://127.0.0.1:" + live.engine.port() + target));
  }

  /** Attackers have machines of their own: what they run takes no processor that we need. */
  private static final String FROM_ELSEWHERE =
      "echo 19 > /proc/self/autogroup; exec nice -n 19 \"$0\" \"$@\"";

  /** Requests from the document; no 5xx, no answer outside of it. */
  @Test
  void schemathesisFindsNothing() throws Exception {
    String program =
        System.getProperty("podium.schemathesis", "schemathesis"); // pip install schemathesis
    String url = "http://127.0.0.1:" + live.engine.port();
    Path known = dir.resolve("openapi.yaml");
    Files.writeString(known, withKnownNames(Http.text(live.http.get("/openapi.yaml"))));
    for (String document : List.of(url + "/openapi.yaml", known.toString())) {
      fuzz(program, url, document);
    }
  }

  /** Guessed names end at 404 nearly always: half of the requests use names that there are. */
  private static String withKnownNames(String document) {
    String any = "schema: {type: string, pattern: '^[^\\x00-\\x1F\\x7F-\\x9F]+$'}";
    assertThat(document).contains("example: best-sellers\n      " + any);
    return document
        .replace(
            "example: best-sellers\n      " + any,
            "example: best\n      schema: {type: string, enum: [best, shadow]}")
        .replace(
            "example: P1\n      " + any,
            "example: P1\n      schema: {type: string, enum: [P1, P9, P44, P900, P77777]}")
        .replace(
            "example: {category: beauty/skincare, ageGroup: 20s}",
            "example: {category: beauty, ageGroup: 20s}");
  }

  private void fuzz(String program, String url, String document) throws Exception {
    String said =
        run(
            600,
            List.of(
                program,
                "run",
                document,
                "--url=" + url,
                "--checks=not_a_server_error,status_code_conformance,content_type_conformance,"
                    + "response_headers_conformance,response_schema_conformance",
                "--exclude-path=/v1/rankings/{board}/changes",
                "--max-examples=100",
                "--request-timeout=10",
                "--seed=4711",
                "--no-color"));
    System.out.println(said);
    assertThat(said).contains("No issues found");
  }

  /** A client made from the document reads every page, and holds all that was sent. */
  @Test
  void generatedClientReadsEveryAnswer() throws Exception {
    String generator =
        FrontCache.program("openapi-python-client", "pip install openapi-python-client");
    Path document = dir.resolve("openapi.yaml");
    Files.writeString(document, Http.text(live.http.get("/openapi.yaml")));
    Path made = dir.resolve("podium");
    run(
        120,
        List.of(
            generator,
            "generate",
            "--path=" + document,
            "--output-path=" + made,
            "--meta=none",
            "--overwrite"));
    assertThat(made).isDirectory();
    Path script = dir.resolve("generated_client.py");
    try (InputStream in = StrangersCheck.class.getResourceAsStream("generated_client.py")) {
      Files.copy(Objects.requireNonNull(in), script);
    }
    // The generator's own Python has what its clients need.
    Path python = Path.of(generator).toRealPath().resolveSibling("python3");
    String url = "http://127.0.0.1:" + live.engine.port();
    String said = run(120, List.of(python.toString(), script.toString(), url));
    assertThat(said).as(Files.readString(dir.resolve("err"))).contains("all as documented");
    System.out.println("generated client: " + said.strip());
  }

  /**
   * An attack ends when its last connection was cut. The attacker takes a part of this machine; so
   * "before" he attacks another engine meanwhile.
   */
  @ParameterizedTest
  @ValueSource(strings = {"-H", "-B", "-X"})
  void slowClientsDoNotDisturbGoodOnes(String kind) throws Exception {
    EngineConfig.Limits limits =
        new EngineConfig.Limits(
            64, 0, 20_000, 0, 20, 0, Duration.ofSeconds(60), Duration.ofSeconds(10), 4_096, 16_384);
    try (Engine other = start("other", limits);
        Engine engine = start("attacked", limits)) {
      GoodClients good = new GoodClients(engine.port(), PAGE);
      List<Double> slower = new ArrayList<>();
      for (int round = 0; round <= ROUNDS; round++) {
        GoodClients.Told before = attack(kind, other, good);
        GoodClients.Told during = attack(kind, engine, good);
        double ratio = during.p99() / before.p99();
        System.out.printf("slow %s: x %.2f; before %s, during %s%n", kind, ratio, before, during);
        assertThat(during.failed()).isZero();
        if (round > 0) { // the first compiles what such clients need
          slower.add(ratio);
        }
      }
      slower.sort(null);
      assertThat(slower.get(ROUNDS / 2)).as("p99 of good clients").isLessThan(MOST_SLOWER);
    }
  }

  private Engine start(String name, EngineConfig.Limits limits) {
    Engine engine = Engines.start(live.shop.stores(), Engines.config(dir.resolve(name), limits));
    new Http(engine.port()).until(PAGE, a -> a.statusCode() == 200);
    return engine;
  }

  private GoodClients.Told attack(String kind, Engine on, GoodClients good) throws IOException {
    String program = FrontCache.program("slowhttptest", "apt install slowhttptest");
    List<String> command = new ArrayList<>(List.of("sh", "-c", FROM_ELSEWHERE, program, kind));
    command.addAll(List.of("-c", "" + SLOW_CONNECTIONS, "-r", "" + SLOW_CONNECTIONS / 4));
    command.addAll(List.of("-l", "" + SECONDS, "-i", "5", "-x", "24", "-p", "5"));
    command.addAll(List.of("-u", "http://127.0.0.1:" + on.port() + PAGE));
    try (ChildProcess attack =
        ChildProcess.start("slowhttptest", command, Map.of(), dir.resolve("slow.log"))) {
      return good.run(Duration.ofSeconds(SECONDS), attack::isAlive);
    }
  }

  private String run(int seconds, List<String> command) throws IOException, InterruptedException {
    Path out = dir.resolve("out");
    Process process =
        new ProcessBuilder(command)
            .directory(dir.toFile())
            .redirectError(dir.resolve("err").toFile())
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(seconds, TimeUnit.SECONDS)).as(command.get(0)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(out, StandardCharsets.UTF_8);
  }
}
