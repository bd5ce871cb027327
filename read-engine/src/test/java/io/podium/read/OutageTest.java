package io.podium.read;

import static io.podium.read.Http.header;
import static io.podium.read.Http.json;
import static io.podium.read.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores are killed; what is held goes on being served, and says how old it is. */
class OutageTest {
  private static final String PAGE = "/v1/rankings/best?size=10";
  private final Path dir;
  private Shop shop;
  private Engine engine;
  private Http http;

  OutageTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @BeforeEach
  void open() {
    shop = new Shop(dir);
    shop.boards(Shop.board(Duration.ofMinutes(10)));
    shop.card("P1", 1, Map.of("name", "\"토너\""));
    shop.publish(Shop.BEST, 1000, Shop.entries(1, 25));
    shop.publish(Shop.BEST_TONER, 1000, Shop.entries(1, 5));
    startEngine();
    HttpResponse<byte[]> fresh = http.until(PAGE, OutageTest::isFresh);
    assertThat(json(fresh).at("/items/0/product/name").asText()).isEqualTo("토너");
  }

  private void startEngine() {
    engine = Engines.start(shop.stores(), dir);
    http = new Http(engine.port());
  }

  @AfterEach
  void close() {
    engine.close();
    shop.close();
  }

  private void inTouch(boolean is) {
    new Http(engine.adminPort())
        .until("/metrics", a -> text(a).contains("podium_read_in_touch " + (is ? 1 : 0)));
  }

  private static boolean isStale(HttpResponse<byte[]> answer) {
    return header(answer, "Cache-Status").matches("podium; hit; ttl=-[0-9]+; detail=\"hot; .+\"");
  }

  private static boolean isFresh(HttpResponse<byte[]> answer) {
    return header(answer, "Cache-Status").startsWith("podium; hit; ttl=1;");
  }

  /** All but the cursor, which is issued anew each minute. */
  private static JsonNode content(HttpResponse<byte[]> answer) {
    return ((ObjectNode) json(answer)).without("next");
  }

  @Test
  void withBothStoresGoneWhatIsHeldIsServedStaleThroughARestart() {
    HttpResponse<byte[]> before = http.get(PAGE);
    shop.redis.kill();
    shop.mongo.kill();
    HttpResponse<byte[]> stale = http.until(PAGE, OutageTest::isStale);
    assertThat(stale.statusCode()).isEqualTo(200);
    assertThat(content(stale)).isEqualTo(content(before));
    assertThat(header(stale, "Age")).matches("[1-9][0-9]*");
    assertThat(content(http.until(PAGE, a -> header(a, "Cache-Status").contains("redis-open"))))
        .isEqualTo(content(before));

    engine.close();
    startEngine();
    HttpResponse<byte[]> after = http.get(PAGE);
    assertThat(after.statusCode()).isEqualTo(200);
    assertThat(isStale(after)).as(after.headers().map().toString()).isTrue();
    assertThat(json(after).get("items")).isEqualTo(json(before).get("items"));
    // Another size of a listing that is held, and its next page: made from the listing.
    JsonNode other = json(http.get("/v1/rankings/best?size=20"));
    assertThat(other.get("items")).hasSize(20);
    assertThat(json(http.get(other.get("next").asText())).get("items")).hasSize(5);
    assertThat(http.get("/v1/boards").statusCode()).isEqualTo(200);

    shop.redis.restart();
    shop.mongo.restart();
    shop.publish(Shop.BEST, 2000, Shop.entries(5, 25));
    HttpResponse<byte[]> fresh = http.until(PAGE, a -> json(a).get("epoch").asLong() == 2000);
    assertThat(fresh.statusCode()).isEqualTo(200);
    http.until(PAGE, OutageTest::isFresh);
  }

  @Test
  void whatRedisLostIsNotTakenForNothingWhileMongoIsAway() throws InterruptedException {
    JsonNode before = json(http.get(PAGE)).get("items");
    shop.redis.kill();
    shop.mongo.kill();
    inTouch(false);
    shop.redis.restart();
    // It follows the announcements again, and looks for all that it holds.
    inTouch(true);
    http.until(PAGE, a -> header(a, "Cache-Status").contains("stores-away"));
    for (int i = 0; i < 20; i++) {
      HttpResponse<byte[]> answer = http.get(PAGE);
      assertThat(json(answer).get("items")).isEqualTo(before);
      assertThat(isStale(answer)).isTrue();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    // Of those on a page, the warm-up's of 20 among them, it is taken that they have no card.
    assertThat(http.get("/v1/products/P25").statusCode()).isEqualTo(503);
    assertThat(
            http.get("/v1/rankings/best?category=beauty/%EC%8A%A4%ED%82%A8%EC%BC%80%EC%96%B4")
                .statusCode())
        .isEqualTo(503);

    shop.mongo.restart();
    http.until(PAGE, OutageTest::isFresh);
  }

  @Test
  void whatIsNotHeldIsUnavailableWhileBothStoresAreGone() {
    shop.redis.kill();
    shop.mongo.kill();
    HttpResponse<byte[]> answer =
        http.until(
            "/v1/rankings/best?category=beauty/%EC%8A%A4%ED%82%A8%EC%BC%80%EC%96%B4",
            a -> a.statusCode() == 503);
    assertThat(header(answer, "Retry-After")).isEqualTo("1");
    assertThat(json(answer).get("type").asText()).isEqualTo("/docs#unavailable");
    assertThat(text(answer)).doesNotContain("Exception");
  }

  @Test
  void anEngineThatStartsWithNothingWhileRedisIsGoneServesFromMongo() throws IOException {
    JsonNode before = json(http.get(PAGE)).get("items");
    engine.close();
    shop.redis.kill();
    try (Stream<Path> files = Files.walk(dir.resolve("hot"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    startEngine();
    HttpResponse<byte[]> answer = http.until(PAGE, a -> a.statusCode() == 200);
    assertThat(json(answer).get("items")).isEqualTo(before);
    assertThat(header(answer, "Cache-Status")).contains("redis-");
  }

  @Test
  void withRedisGoneWhatIsNotHeldComesFromMongo() {
    shop.redis.kill();
    HttpResponse<byte[]> answer =
        http.until(
            "/v1/rankings/best?category=beauty/%EC%8A%A4%ED%82%A8%EC%BC%80%EC%96%B4",
            a -> a.statusCode() == 200);
    assertThat(header(answer, "Cache-Status"))
        .startsWith("podium; fwd=miss; detail=\"mongo; redis-");
    assertThat(json(answer).get("items")).hasSize(5);
  }
}
