package io.podium.read;

import static io.podium.read.Http.header;
import static io.podium.read.Http.json;
import static io.podium.read.Http.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(LiveShop.class)
class RoutesTest {
  private static final String RULED = "?category=food+%26+drink&ageGroup=20s";

  private final LiveShop.Running live;
  private final Http http;

  RoutesTest(LiveShop.Running live) {
    this.live = live;
    this.http = live.http;
  }

  @Test
  void boardsTellTitlesSlicesAndFreshness() {
    JsonNode boards = json(http.get("/v1/boards")).get("boards");
    assertThat(boards).hasSize(1);
    JsonNode best = boards.get(0);
    assertThat(best.get("board").asText()).isEqualTo("best");
    assertThat(best.get("title").get("ko").asText()).isEqualTo("판매 랭킹");
    assertThat(best.get("slices")).hasSize(3);
    assertThat(best.get("dimensions").get(0).get("parameter").asText()).isEqualTo("ageGroup");
    assertThat(best.get("freshness").get("publishEvery").asText()).isEqualTo("PT1S");
  }

  @Test
  void aListedProductIsExplained() {
    JsonNode answer = json(http.get("/v1/rankings/best/products/P1"));
    assertThat(answer.get("listed").asBoolean()).isTrue();
    assertThat(answer.get("rank").asInt()).isEqualTo(1);
    assertThat(answer.get("movement").get("state").asText()).isEqualTo("new");
    assertThat(answer.get("epoch").asLong()).isEqualTo(1001);
  }

  @Test
  void aProductThatIsNotListedIsToldWhy() {
    JsonNode recalled = json(http.get("/v1/rankings/best/products/P9"));
    assertThat(recalled.get("listed").asBoolean()).isFalse();
    assertThat(recalled.get("reason").asText()).isEqualTo("ineligible");
    JsonNode unsold = json(http.get("/v1/rankings/best/products/P900"));
    assertThat(unsold.get("reason").asText()).isEqualTo("not-ranked");
  }

  @ParameterizedTest
  @CsvSource({
    "R1, true, true, true, ''",
    "R2, true, true, false, ''",
    "R3, true, false, false, ''",
    "R4, false, true, false, below-the-cut",
    "R5, false, false, false, below-the-cut",
    "R6, false, true, false, hidden",
  })
  void whatARuleMovedSaysSo_andOnlyAPinOrABoostIsPromoted(
      String id, boolean listed, boolean moved, boolean promoted, String reason) {
    JsonNode answer = json(http.get("/v1/rankings/best/products/" + id + RULED));
    assertThat(answer.get("listed").asBoolean()).isEqualTo(listed);
    assertThat(answer.get("movedByRule").asBoolean()).isEqualTo(moved);
    assertThat(answer.path("promoted").asBoolean()).isEqualTo(promoted);
    assertThat(answer.path("reason").asText()).isEqualTo(reason);
    for (JsonNode item : json(http.get("/v1/rankings/best" + RULED)).get("items")) {
      assertThat(item.has("promoted")).isEqualTo(item.get("productId").asText().equals("R1"));
    }
  }

  @Test
  void aProductTellsItsCardAndRanks() {
    JsonNode answer = json(http.get("/v1/products/P1"));
    assertThat(answer.get("product").get("name").asText()).isEqualTo("토너");
    assertThat(answer.get("ranks").get(0).get("rank").asInt()).isEqualTo(1);
    assertThat(json(http.get("/v1/products/P9")).get("eligible").asBoolean()).isFalse();
  }

  @Test
  void aProductThatRanksWithoutACardIsKnown() {
    JsonNode answer = json(http.get("/v1/products/P2"));
    assertThat(answer.get("product")).isEmpty();
    assertThat(answer.get("eligible").asBoolean()).isTrue();
    assertThat(answer.get("ranks").get(0).get("rank").asInt()).isEqualTo(2);
    assertThat(http.get("/v1/products/P77777").statusCode()).isEqualTo(404);
  }

  @Test
  void theSiteIsServedAtTheRoot() {
    HttpResponse<byte[]> index = http.get("/");
    assertThat(text(index)).isEqualTo("<h1>판매 랭킹</h1>");
    assertThat(header(index, "Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(header(index, "Content-Security-Policy")).contains("default-src 'self'");
    assertThat(http.get("/", "If-None-Match", header(index, "ETag")).statusCode()).isEqualTo(304);
    assertThat(header(http.get("/img/logo.svg"), "Content-Type")).isEqualTo("image/svg+xml");
  }

  @Test
  void everyDocumentedRouteAnswersAsDocumented() throws IOException {
    HttpResponse<byte[]> document = http.get("/openapi.yaml");
    JsonNode api = new YAMLMapper().readTree(document.body());
    Iterator<Map.Entry<String, JsonNode>> paths = api.get("paths").fields();
    int seen = 0;
    while (paths.hasNext()) {
      Map.Entry<String, JsonNode> path = paths.next();
      String target = path.getKey().replace("{board}", "best").replace("{productId}", "P1");
      HttpResponse<byte[]> answer = http.send("HEAD", target);
      JsonNode success = path.getValue().get("get").get("responses").get("200");
      assertThat(answer.statusCode()).as(target).isEqualTo(200);
      assertThat(success.get("content").fieldNames().next())
          .as(target)
          .isEqualTo(header(answer, "Content-Type").replaceFirst(";.*", ""));
      seen++;
    }
    assertThat(seen).isEqualTo(7);
    assertThat(text(http.get("/docs"))).contains("<form");
  }

  @Test
  void pagesHaveExactlyTheDocumentedMembers() throws IOException {
    JsonNode schemas =
        new YAMLMapper()
            .readTree(http.get("/openapi.yaml").body())
            .get("components")
            .get("schemas");
    JsonNode page = json(http.get("/v1/rankings/best"));
    JsonNode listing = schemas.get("Listing").get("properties");
    JsonNode own = schemas.get("Page").get("allOf").get(1).get("properties");
    page.fieldNames()
        .forEachRemaining(name -> assertThat(listing.has(name) || own.has(name)).as(name).isTrue());
    JsonNode item = schemas.get("Item");
    page.get("items")
        .get(0)
        .fieldNames()
        .forEachRemaining(n -> assertThat(item.get("properties").has(n)).as(n).isTrue());
    item.get("required")
        .forEach(n -> assertThat(page.get("items").get(0).has(n.asText())).isTrue());
  }

  @Test
  void theAdminPortIsOpenForHealthAndMetricsOnly() {
    Http admin = new Http(live.engine.adminPort());
    assertThat(admin.get("/health/live").statusCode()).isEqualTo(200);
    JsonNode ready = json(admin.until("/health/ready", a -> a.statusCode() == 200));
    assertThat(ready.get("status").asText()).isEqualTo("UP");
    assertThat(ready.get("stores")).hasSize(2);
    http.get("/v1/rankings/best");
    String metrics = text(admin.get("/metrics"));
    assertThat(metrics)
        .contains("podium_read_requests_total{status=\"2xx\"}")
        .contains("podium_read_latency_seconds{quantile=\"0.99\"}")
        .contains("podium_store_breaker_state{store=\"redis\",calls=\"listings\"} 0")
        .contains("podium_read_freshness_seconds{board=\"best\"}")
        .contains("podium_read_in_touch 1");
    assertThat(admin.get("/admin/v1/rules").statusCode()).isEqualTo(401);
    assertThat(admin.get("/", "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
    assertThat(admin.get("/", "Authorization", "Bearer secret").statusCode()).isEqualTo(404);
  }
}
