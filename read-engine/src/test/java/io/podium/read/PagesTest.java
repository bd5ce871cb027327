package io.podium.read;

import static io.podium.read.Http.header;
import static io.podium.read.Http.json;
import static io.podium.read.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.Decoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {
  private Shop shop;
  private Engine engine;
  private Http http;

  @BeforeAll
  void open(@TempDir Path dir) {
    shop = new Shop(dir);
    shop.boards(Shop.board(Duration.ofMinutes(10)));
    shop.card("P1", 1, Map.of("name", "\"토너 \\\"촉촉\\\"\"", "price", "12900"));
    shop.publish(Shop.BEST, 1000, Shop.entries(1, 45));
    shop.publish(Shop.BEST_TONER, 1000, Shop.entries(3, 5));
    engine = Engines.start(shop.stores(), dir);
    http = new Http(engine.port());
    http.until("/v1/boards", a -> a.statusCode() == 200);
  }

  @AfterAll
  void close() {
    engine.close();
    shop.close();
  }

  @Test
  void aPageHasTheContractsMembers() {
    HttpResponse<byte[]> answer = http.get("/v1/rankings/best?size=10");
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode page = json(answer);
    assertThat(page.get("board").asText()).isEqualTo("best");
    assertThat(page.get("slice")).isEmpty();
    assertThat(page.get("total").asInt()).isEqualTo(45);
    assertThat(page.get("items")).hasSize(10);
    JsonNode first = page.get("items").get(0);
    assertThat(first.get("rank").asInt()).isEqualTo(1);
    assertThat(first.get("score").isIntegralNumber()).isTrue();
    assertThat(first.get("product").get("name").asText()).isEqualTo("토너 \"촉촉\"");
    assertThat(text(answer)).contains("토너");
    assertThat(page.get("next").asText()).startsWith("/v1/rankings/best?size=10&cursor=");
  }

  @Test
  void headersTellFreshnessAndIdentity() {
    http.get("/v1/rankings/best?size=20");
    HttpResponse<byte[]> answer =
        http.until(
            "/v1/rankings/best?size=20",
            a -> header(a, "Cache-Status").equals("podium; hit; ttl=1; detail=\"hot\""));
    assertThat(header(answer, "Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(header(answer, "Cache-Control"))
        .isEqualTo("public, max-age=1, stale-while-revalidate=10, stale-if-error=3600");
    assertThat(header(answer, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(header(answer, "ETag")).matches("\"[A-Za-z0-9_-]{16}\"");
    assertThat(header(answer, "Date")).endsWith("GMT");
    assertThat(header(answer, "Link"))
        .isEqualTo("<" + json(answer).get("next").asText() + ">; rel=\"next\"");
  }

  @Test
  void aMissTellsWhereThePageCameFrom() {
    HttpResponse<byte[]> answer = http.get("/v1/rankings/best?category=beauty&size=100");
    assertThat(header(answer, "Cache-Status")).startsWith("podium; fwd=miss; detail=\"");
    assertThat(json(answer).get("items")).isEmpty();
  }

  @Test
  void brotliIsTheSamePageWithATagOfItsOwn() throws IOException {
    HttpResponse<byte[]> plain = http.get("/v1/rankings/best");
    HttpResponse<byte[]> packed =
        http.get("/v1/rankings/best", "Accept-Encoding", "gzip, deflate, br");
    assertThat(header(packed, "Content-Encoding")).isEqualTo("br");
    assertThat(header(packed, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(Decoder.decompress(packed.body()).getDecompressedData()).isEqualTo(plain.body());
    String tag = header(packed, "ETag");
    assertThat(tag).isNotEqualTo(header(plain, "ETag"));
    String[] again = {"Accept-Encoding", "br", "If-None-Match", "\"x\", W/" + tag};
    assertThat(http.get("/v1/rankings/best", again).statusCode()).isEqualTo(304);
  }

  @Test
  void gzipIsTheSamePageWithATagOfItsOwn() throws IOException {
    HttpResponse<byte[]> plain = http.get("/v1/rankings/best");
    HttpResponse<byte[]> packed =
        http.get("/v1/rankings/best", "Accept-Encoding", "br;q=0.4, gzip;q=0.5");
    assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
    byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body())).readAllBytes();
    assertThat(unpacked).isEqualTo(plain.body());
    assertThat(header(packed, "ETag")).isNotEqualTo(header(plain, "ETag"));
    assertThat(
            header(
                http.get("/v1/rankings/best", "Accept-Encoding", "gzip;q=0"), "Content-Encoding"))
        .isEmpty();
  }

  @Test
  void aKnownTagGetsNotModified() {
    String tag = header(http.get("/v1/rankings/best"), "ETag");
    for (String condition : List.of(tag, "W/" + tag, "*", "\"a\", " + tag, "\"a\",W/" + tag)) {
      HttpResponse<byte[]> answer = http.get("/v1/rankings/best", "If-None-Match", condition);
      assertThat(answer.statusCode()).as(condition).isEqualTo(304);
      assertThat(answer.body()).isEmpty();
      assertThat(header(answer, "ETag")).isEqualTo(tag);
    }
    String inner = tag.substring(1, tag.length() - 1);
    for (String other : List.of("\"x\"", inner, "\"x" + inner + "\"")) {
      assertThat(http.get("/v1/rankings/best", "If-None-Match", other).statusCode())
          .as(other)
          .isEqualTo(200);
    }
  }

  @Test
  void headHasTheHeadersOfGetWithoutTheBody() {
    HttpResponse<byte[]> get = http.get("/v1/rankings/best");
    HttpResponse<byte[]> head = http.send("HEAD", "/v1/rankings/best");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "ETag")).isEqualTo(header(get, "ETag"));
    assertThat(header(head, "Content-Length")).isEqualTo(String.valueOf(get.body().length));
  }

  @Test
  void pagesOfOneEpochNeverRepeatOrMissAProduct() {
    shop.publish(Shop.BEST, 2000, Shop.entries(1, 45));
    HttpResponse<byte[]> answer =
        http.until("/v1/rankings/best?size=10", a -> json(a).get("epoch").asLong() == 2000);
    List<String> seen = new ArrayList<>();
    long epoch = 2000;
    while (true) {
      JsonNode page = json(answer);
      assertThat(page.get("epoch").asLong()).isEqualTo(2000);
      page.get("items").forEach(i -> seen.add(i.get("productId").asText()));
      if (!page.has("next")) {
        break;
      }
      shop.publish(Shop.BEST, ++epoch, Shop.entries(20, 64));
      answer = http.get(page.get("next").asText());
      assertThat(answer.statusCode()).isEqualTo(200);
    }
    assertThat(seen).hasSize(45).doesNotHaveDuplicates();
    shop.publish(Shop.BEST, ++epoch, Shop.entries(1, 45));
  }

  @Test
  void aNewEpochReachesAPageThatIsRead() {
    http.get("/v1/rankings/best?category=beauty%2F%EC%8A%A4%ED%82%A8%EC%BC%80%EC%96%B4");
    shop.publish(Shop.BEST_TONER, 3000, Shop.entries(7, 9));
    HttpResponse<byte[]> answer =
        http.until(
            "/v1/rankings/best?size=20&category=beauty/%EC%8A%A4%ED%82%A8%EC%BC%80%EC%96%B4",
            a -> json(a).get("epoch").asLong() == 3000);
    JsonNode page = json(answer);
    assertThat(page.get("slice").get("category").asText()).isEqualTo("beauty/스킨케어");
    assertThat(page.get("items").get(0).get("productId").asText()).isEqualTo("P7");
    assertThat(page.get("items").get(0).get("movement").get("state").asText()).isEqualTo("new");
  }

  @Test
  void aChangedCardReachesThePagesThatShowIt() {
    http.get("/v1/rankings/best");
    shop.card("P2", 10, Map.of("price", "777"));
    http.until(
        "/v1/rankings/best",
        a -> json(a).get("items").get(1).get("product").path("price").asInt() == 777);
    shop.card("P2", 11, Map.of("stock", "0"));
    HttpResponse<byte[]> answer =
        http.until("/v1/rankings/best", a -> json(a).get("items").size() == 19);
    assertThat(json(answer).get("items").get(1).get("rank").asInt()).isEqualTo(3);
    shop.card("P2", 12, Map.of("stock", "5"));
    http.until("/v1/rankings/best", a -> json(a).get("items").size() == 20);
  }
}
