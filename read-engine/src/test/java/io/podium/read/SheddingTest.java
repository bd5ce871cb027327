package io.podium.read;

import static io.podium.read.Http.header;
import static io.podium.read.Http.json;
import static io.podium.read.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.backends.Fault;
import io.podium.backends.FaultProxy;
import io.podium.config.StoresConfig;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one load that may run hangs in a store that says nothing: all others are shed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SheddingTest {
  private static final String PAGE = "/v1/rankings/best?size=10";
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final EngineConfig.Limits ONE_LOAD =
      new EngineConfig.Limits(1, 0, 400, 0, 20, 0, LONG, Duration.ofSeconds(30), 4_096, 8_192);

  private Shop shop;
  private FaultProxy redis;
  private FaultProxy mongo;
  private Engine engine;
  private Http http;
  private CompletableFuture<HttpResponse<byte[]>> hanging;

  @BeforeAll
  void open(@TempDir Path dir) {
    shop = new Shop(dir);
    shop.boards(Shop.board(Duration.ofMinutes(10)));
    shop.publish(Shop.BEST, 1000, Shop.entries(1, 45));
    redis = FaultProxy.to(shop.redis.port(), 1);
    mongo = FaultProxy.to(shop.mongo.port(), 2);
    engine = Engines.start(stores(), Engines.config(dir, ONE_LOAD));
    http = new Http(engine.port());
    http.until(PAGE, a -> header(a, "Cache-Status").startsWith("podium; hit"));
    redis.set(Fault.NONE, Fault.BLACK_HOLE);
    mongo.set(Fault.NONE, Fault.BLACK_HOLE);
    hanging = CompletableFuture.supplyAsync(() -> http.get("/v1/products/P44"));
    Http admin = new Http(engine.adminPort());
    Http.await(
        "the load hangs",
        () -> text(admin.get("/metrics")).contains("utilisation_ratio{limit=\"loads\"} 1"));
  }

  private StoresConfig stores() {
    String cache = "redis://127.0.0.1:" + redis.port();
    return new StoresConfig(
        cache,
        cache,
        "mongodb://127.0.0.1:" + mongo.port() + "/?directConnection=true",
        "podium",
        new StoresConfig.RedisLimits(LONG, LONG, LONG, LONG, 4_096),
        new StoresConfig.MongoLimits(LONG, LONG, LONG, 8));
  }

  @AfterAll
  void close() {
    redis.heal();
    mongo.heal();
    var unused = hanging.handle((answer, failure) -> 0).join();
    engine.close();
    redis.close();
    mongo.close();
    shop.close();
  }

  /** The second spelling of each goes by the router, the first does not get there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/products/X1 /v1/products/X%31",
        "/v1/rankings/best/products/X1 /v1/rankings/best/products/X%31",
        "/v1/rankings/best?category=beauty http://x/v1/rankings/best?category=beauty",
      })
  void whatMustBeLoadedIsShedTheSameWayWhereverItIsSeen(String spellings) throws Exception {
    String[] both = spellings.split(" ", 2);
    for (String language : List.of("en", "ko-KR, en;q=0.5")) {
      for (String method : List.of("GET", "HEAD")) {
        Map<String, String> early = ask(method, both[0], language, "");
        assertThat(early).containsEntry("", "HTTP/1.1 503 Service Unavailable");
        assertThat(early).containsEntry("retry-after", "1").containsKey("date");
        assertThat(early).containsEntry("content-language", language.substring(0, 2));
        // What is unusual about a request sends it to the router.
        Map<String, String> late = ask(method, both[1], language, "Connection: close\r\n");
        assertThat(late.remove("connection")).isEqualTo("close");
        assertThat(late.remove("date")).isNotNull();
        early.remove("date");
        assertThat(early).isEqualTo(late);
      }
    }
  }

  /** Head lines and, under the name "body", what follows. */
  private Map<String, String> ask(String method, String target, String language, String more)
      throws Exception {
    try (Raw raw = new Raw(engine.port())) {
      raw.send(
          method
              + " "
              + target
              + " HTTP/1.1\r\nHost: x\r\nAccept-Language: "
              + language
              + "\r\n"
              + more
              + "\r\n");
      if (more.isEmpty()) {
        raw.send("GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      }
      String all = raw.text();
      String mine = more.isEmpty() ? all.substring(0, all.lastIndexOf("HTTP/1.1 404")) : all;
      Map<String, String> read = new TreeMap<>();
      int end = mine.indexOf("\r\n\r\n");
      for (String line : mine.substring(0, end).split("\r\n", -1)) {
        int colon = line.startsWith("HTTP/") ? 0 : line.indexOf(':');
        read.put(line.substring(0, colon), line.substring(colon).replaceFirst("^: *", ""));
      }
      read.put("body", mine.substring(end + 4));
      return read;
    }
  }

  @Test
  void theProblemSaysSo() {
    HttpResponse<byte[]> answer = http.get("/v1/products/X2", "Accept-Language", "ko");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(header(answer, "Content-Type")).isEqualTo("application/problem+json");
    assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(answer, "Vary")).isEqualTo("Accept-Language");
    assertThat(json(answer).get("type").asText()).isEqualTo("/docs#busy");
    assertThat(json(answer).get("title").asText()).isEqualTo("과부하");
  }

  @Test
  void whatIsShedIsCounted() {
    double before = shed();
    for (int i = 0; i < 5; i++) {
      assertThat(http.get("/v1/products/Y" + i).statusCode()).isEqualTo(503);
    }
    assertThat(shed() - before).isEqualTo(5);
  }

  private double shed() {
    return text(new Http(engine.adminPort()).get("/metrics"))
        .lines()
        .filter(line -> line.startsWith("podium_read_shed_total "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "200 /v1/rankings/best?size=10",
        "200 /v1/boards",
        "200 /docs",
        "400 /v1/rankings/best?size=11",
        "400 /v1/rankings/best?cursor=AAAA",
        "400 /v1/products/P1?x=1",
        "400 /v1/products/%ff",
        "404 /v1/products/",
        "404 /v1/products/P1/x",
        "404 /v1/rankings/nope",
        "404 /v1/rankings/nope/products/P1",
        "404 /v1/rankings/best?category=nope",
      })
  void whatNeedsNoLoadIsAnsweredAsEver(String expected) {
    HttpResponse<byte[]> answer = http.get(expected.substring(4));
    assertThat(answer.statusCode()).isEqualTo(Integer.parseInt(expected.substring(0, 3)));
  }
}
