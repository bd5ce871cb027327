package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.store.redis.RedisListingStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The merchandisers' desk of a real updater, from login to rollback. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeskTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ListingKey KEY = new ListingKey("best", Slice.WHOLE_SHOP);
  private static final String BOARDS =
      """
        best:
          score: units
          window: PT24H
          publishEvery: PT0.1S
          slices: [[], [category]]
          guard: { lose: 0.5, top: 3, change: 1 }
        next:
          score: orders
          window: PT24H
          publishEvery: PT0.1S
          slices: [[]]
          shadow: true
      """;

  @TempDir static Path dir;
  private static Backends stores;
  private static UpdaterProcess updater;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    stores = new Backends(dir.resolve("stores"));
    updater =
        new UpdaterProcess(
            dir,
            "a",
            stores,
            BOARDS,
            "updater.adminTokens.merch-1=one",
            "updater.adminTokens.merch-2=two",
            "updater.mongoEvery=PT0S");
    updater.postUntilAccepted(
        "["
            + String.join(
                ",",
                Shop.card(
                    "c1", "P1", "{\"name\":\"크림\",\"brand\":\"Ours\",\"category\":\"beauty\"}"),
                Shop.order("o1", "P1", 50),
                Shop.order("o2", "P2", 40),
                Shop.order("o3", "P3", 30),
                Shop.order("o4", "P4", 20))
            + "]");
    Eventually.get("ranked", DeskTest::displayed, List.of("P1", "P2", "P3", "P4")::equals);
  }

  @AfterAll
  static void stop() {
    updater.close();
    stores.close();
  }

  private static HttpResponse<String> call(
      String method, String path, String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + updater.adminPort + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpResponse<String> as(String token, String method, String path, String body)
      throws Exception {
    return call(method, path, body, "Authorization", "Bearer " + token);
  }

  private static JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = as("one", "GET", path, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static Listing published() throws Exception {
    return new RedisListingStore(stores.cacheLink())
        .find(KEY)
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS)
        .orElseThrow();
  }

  private static List<String> displayed() throws Exception {
    return published().entries().stream().map(e -> e.productId()).toList();
  }

  private static String pin(String product, int place, String more) {
    return "{\"id\":\"r-1\",\"board\":\"best\",\"productId\":\"%s\",\"action\":\"pin\",\"place\":%d%s}"
        .formatted(product, place, more);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/console/",
        "/console/app.js",
        "/console/api.js",
        "/console/board.js",
        "/admin/v1/rules",
        "/admin/v1/rules/r-1",
        "/admin/v1/preview",
        "/admin/v1/audit",
        "/admin/v1/evidence/best/P1",
        "/admin/v1/boards",
        "/admin/v1/listings/best",
        "/admin/v1/listings/best/epochs",
        "/admin/v1/listings/best/diff",
        "/admin/v1/listings/best/products/P1",
        "/admin/v1/listings/best/rollback",
        "/admin/v1/listings/best/release",
        "/admin/v1/compare",
        "/admin/v1/session",
        "/admin/v1/reports/self-preference",
        "/admin/v1/logout",
        "/admin/v1/dead-letters",
        "/nothing"
      })
  void nothingIsToldWithoutACredential(String path) throws Exception {
    for (String method : List.of("GET", "POST", "DELETE", "PUT")) {
      HttpResponse<String> answer = call(method, path, "{}");
      boolean toLogin =
          answer.statusCode() == 303
              && answer.headers().firstValue("Location").orElse("").equals("/login");
      assertThat(answer.statusCode() == 401 || toLogin).as(method + path).isTrue();
      assertThat(call(method, path, "{}", "Cookie", "podium_admin=x").statusCode()).isIn(401, 303);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "board: | {\"board\":\"none\",\"productId\":\"P1\",\"action\":\"hide\",\"reason\":\"x\"}",
        "place: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"pin\",\"place\":0,\"reason\":\"x\"}",
        "place: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"pin\",\"place\":101,\"reason\":\"x\"}",
        "body: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"boost\",\"factor\":NaN,\"reason\":\"x\"}",
        "factor: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"boost\",\"factor\":\"NaN\",\"reason\":\"x\"}",
        "factor: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"boost\",\"factor\":1,\"reason\":\"x\"}",
        "factor: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"bury\",\"factor\":1,\"reason\":\"x\"}",
        "until: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"hide\",\"until\":\"2020-01-01T00:00:00Z\",\"reason\":\"x\"}",
        "until: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"hide\",\"from\":\"2030-01-02T00:00:00Z\",\"until\":\"2030-01-01T00:00:00Z\",\"reason\":\"x\"}",
        "slice: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"hide\",\"slice\":{\"brand\":\"B\"},\"reason\":\"x\"}",
        "reason: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"hide\"}",
        "reason: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"hide\",\"reason\":\"  \"}",
        "extra: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"hide\",\"reason\":\"x\",\"extra\":1}",
        "body: | [1]",
        "body: | {",
      })
  void aBadRuleIsRefusedByName(String name, String body) throws Exception {
    HttpResponse<String> answer = as("one", "POST", "/admin/v1/rules", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).path("detail").asText()).startsWith(name);
    assertThat(get("/admin/v1/rules")).noneMatch(r -> r.path("reason").asText().equals("x"));
  }

  @Test
  void tenMegabytesAreRefused() throws Exception {
    String body = "{\"reason\":\"" + "x".repeat(10_000_000) + "\"}";
    HttpResponse<String> answer = as("one", "POST", "/admin/v1/rules", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("body: more than");
  }

  @Test
  @Order(1)
  void aPinIsPreviewedThenShownWithItsAuthorAndTheSecondPersonIsTold() throws Exception {
    String rule = pin("P4", 1, ",\"author\":\"somebody\",\"reason\":\"<script>alert(1)</script>\"");
    JsonNode preview = JSON.readTree(as("one", "POST", "/admin/v1/preview", rule).body());
    assertThat(preview.path("items").get(0).path("productId").asText()).isEqualTo("P4");
    assertThat(displayed()).startsWith("P1");

    HttpResponse<String> made = as("one", "POST", "/admin/v1/rules", rule);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(JSON.readTree(made.body()).path("author").asText()).isEqualTo("merch-1");
    String etag = made.headers().firstValue("ETag").orElseThrow();
    Eventually.get("pinned", DeskTest::displayed, List.of("P4", "P1", "P2", "P3")::equals);

    String[] seen = {"Authorization", "Bearer two", "If-Match", etag};
    String second = pin("P4", 2, ",\"reason\":\"later\"");
    assertThat(call("POST", "/admin/v1/rules", second, seen).statusCode()).isEqualTo(200);
    HttpResponse<String> told = call("POST", "/admin/v1/rules", rule, seen);
    assertThat(told.statusCode()).isEqualTo(412);
    assertThat(told.body()).contains("changed meanwhile by merch-2");
    assertThat(call("DELETE", "/admin/v1/rules/r-1", "", seen).statusCode()).isEqualTo(412);
    assertThat(as("two", "DELETE", "/admin/v1/rules/r-1", "").statusCode()).isEqualTo(204);
    Eventually.get("unpinned", DeskTest::displayed, List.of("P1", "P2", "P3", "P4")::equals);

    JsonNode changes = get("/admin/v1/audit").path("changes");
    assertThat(changes).hasSize(3);
    assertThat(changes.get(0).path("author").asText()).isEqualTo("merch-1");
    assertThat(changes.get(0).path("before").isNull()).isTrue();
    assertThat(changes.get(0).path("after").path("reason").asText()).contains("<script>");
    assertThat(changes.get(1).path("before").path("place").asInt()).isEqualTo(1);
    assertThat(changes.get(2).path("after").isNull()).isTrue();
  }

  @Test
  @Order(2)
  void evidenceTellsWhy() throws Exception {
    JsonNode first = get("/admin/v1/evidence/best/P1");
    assertThat(first.path("organicRank").asInt()).isEqualTo(1);
    assertThat(first.path("netUnits").asInt()).isEqualTo(50);
    assertThat(first.path("buyers").asInt()).isEqualTo(1);
    JsonNode none = get("/admin/v1/evidence/best/P9");
    assertThat(none.path("listed").asBoolean()).isFalse();
    assertThat(none.path("reason").asText()).isEqualTo("no-sales");
    assertThat(get("/admin/v1/evidence/best/P2?category=beauty").path("reason").asText())
        .isEqualTo("not-in-slice");
    assertThat(as("one", "GET", "/admin/v1/evidence/best/P1?size=1", "").statusCode())
        .isEqualTo(400);
  }

  @Test
  @Order(3)
  void rolledBackItIsANewEpochHeldUntilReleased() throws Exception {
    Listing old = published();
    updater.postUntilAccepted("[" + Shop.order("o5", "P2", 100) + "]");
    Eventually.get("P2 leads", DeskTest::displayed, List.of("P2", "P1", "P3", "P4")::equals);
    long before = published().epoch();
    String body = "{\"epoch\":" + old.epoch() + ",\"reason\":\"wrong\"}";
    HttpResponse<String> done = as("one", "POST", "/admin/v1/listings/best/rollback", body);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    Eventually.get("held", DeskTest::displayed, List.of("P1", "P2", "P3", "P4")::equals);
    assertThat(published().epoch()).isGreaterThan(before);
    assertThat(published().hash()).isEqualTo(old.hash());
    updater.postUntilAccepted("[" + Shop.order("o6", "P3", 500) + "]");
    updater.settled();
    updater.restart();
    updater.settled();
    assertThat(displayed()).startsWith("P1");
    assertThat(Eventually.get("told", () -> get("/admin/v1/listings/best"), x -> x.has("held")))
        .isNotNull();
    assertThat(updater.admin("/metrics").body()).contains("podium_listings_held 1");
    assertThat(as("two", "POST", "/admin/v1/listings/best/release", "{}").statusCode())
        .isEqualTo(200);
    Eventually.get("released", DeskTest::displayed, List.of("P3", "P2", "P1", "P4")::equals);
    assertThat(as("two", "POST", "/admin/v1/listings/best/release", "{}").statusCode())
        .isEqualTo(404);
  }

  @Test
  @Order(4)
  void thePastCanBeRead() throws Exception {
    JsonNode epochs =
        Eventually.get(
            "history",
            () -> get("/admin/v1/listings/best/epochs").path("epochs"),
            e -> e.size() > 3 && e.get(0).path("total").asInt() == 4);
    long first = epochs.get(0).path("epoch").asLong();
    Eventually.get(
        "a difference",
        () -> get("/admin/v1/listings/best/diff?from=" + first + "&to=" + published().epoch()),
        diff -> !diff.path("moved").isEmpty());
    assertThat(get("/admin/v1/listings/best?epoch=" + first).path("items")).isNotEmpty();
    String at = epochs.get(0).path("asOf").asText();
    assertThat(get("/admin/v1/listings/best?at=" + at).path("asOf").asText()).isEqualTo(at);
    JsonNode course = get("/admin/v1/listings/best/products/P3?points=300");
    assertThat(course.path("points")).isNotEmpty();
    assertThat(as("one", "GET", "/admin/v1/listings/best?at=yesterday", "").statusCode())
        .isEqualTo(400);
    JsonNode report = get("/admin/v1/reports/self-preference?board=best&by=brand");
    assertThat(report.path("rows")).anyMatch(r -> r.path("brand").asText().equals("Ours"));
    HttpResponse<String> csv =
        as("one", "GET", "/admin/v1/reports/self-preference?board=best&format=csv", "");
    assertThat(csv.body()).startsWith("\"brand\",organicMean").contains("\"Ours\",");
    assertThat(get("/admin/v1/compare?board=best&with=next").path("overlap").asDouble())
        .isEqualTo(1);
  }

  @Test
  @Order(5)
  void evidenceOfAPastEpochStaysWhatItWas() throws Exception {
    String now = "/admin/v1/evidence/best/P1";
    long units = get(now).path("netUnits").asLong();
    long epoch = published().epoch();
    Eventually.get(
        "kept", () -> as("one", "GET", now + "?epoch=" + epoch, "").statusCode(), s -> s == 200);
    String hide =
        "{\"id\":\"h\",\"board\":\"best\",\"productId\":\"P1\",\"action\":\"hide\",\"reason\":\"recall\"}";
    assertThat(as("two", "POST", "/admin/v1/rules", hide).statusCode()).isEqualTo(201);
    updater.postUntilAccepted("[" + Shop.order("o7", "P1", 7) + "]");
    Eventually.get("sold", () -> get(now).path("netUnits").asLong(), n -> n == units + 7);
    Eventually.get("hidden", DeskTest::displayed, all -> !all.contains("P1"));

    JsonNode then = get(now + "?epoch=" + epoch);
    assertThat(then.path("netUnits").asLong()).isEqualTo(units);
    assertThat(then.path("displayedRank").asInt()).isEqualTo(then.path("organicRank").asInt());
    assertThat(then.path("rules")).isEmpty();
    assertThat(get(now + "?at=" + then.path("asOf").asText()).path("epoch").asLong())
        .isEqualTo(epoch);
    long hidden = published().epoch();
    JsonNode why =
        Eventually.get(
            "kept",
            () -> JSON.readTree(as("one", "GET", now + "?epoch=" + hidden, "").body()),
            e -> e.has("reason"));
    assertThat(why.path("reason").asText()).isEqualTo("hidden");
    assertThat(why.path("rules").get(0).path("author").asText()).isEqualTo("merch-2");
    assertThat(get("/admin/v1/evidence/best/P99?epoch=" + epoch).path("reason").asText())
        .isEqualTo("not-ranked");
    assertThat(as("one", "GET", now + "?epoch=1", "").statusCode()).isEqualTo(404);
    assertThat(as("one", "GET", now + "?epoch=1&at=2026-01-01T00:00:00Z", "").statusCode())
        .isEqualTo(400);
    assertThat(as("two", "DELETE", "/admin/v1/rules/h", "").statusCode()).isEqualTo(204);
    Eventually.get("shown", DeskTest::displayed, all -> all.contains("P1"));
  }

  @Test
  @Order(6)
  void aGuardHoldsBackAListingThatLosesHalf() throws Exception {
    String recall =
        String.join(
            ",",
            Shop.card("c7", "P1", "{\"recalled\":true}"),
            Shop.card("c8", "P2", "{\"recalled\":true}"),
            Shop.card("c9", "P3", "{\"recalled\":true}"));
    updater.postUntilAccepted("[" + recall + "]");
    JsonNode held =
        Eventually.get("held", () -> get("/admin/v1/listings/best"), x -> x.has("held"))
            .path("held");
    assertThat(held.path("author").asText()).isEqualTo("guard");
    assertThat(displayed()).hasSize(4);
    assertThat(as("one", "POST", "/admin/v1/listings/best/release", "{}").statusCode())
        .isEqualTo(200);
    Eventually.get("released", DeskTest::displayed, List.of("P4")::equals);
  }

  @Test
  @Order(7)
  void aLostLogComesBackFromMongo() throws Exception {
    String hide =
        "{\"id\":\"keep\",\"board\":\"best\",\"productId\":\"P8\",\"action\":\"hide\",\"reason\":\"r\"}";
    assertThat(as("one", "POST", "/admin/v1/rules", hide).statusCode()).isEqualTo(201);
    int changes = get("/admin/v1/audit").path("changes").size();
    Eventually.get("copied", () -> JSON.readTree(mongoAudit()), rows -> rows.asInt() == changes);
    stores.eventsLink().write(r -> r.del("podium:rules")).get(5, TimeUnit.SECONDS);
    Eventually.get(
        "restored", () -> get("/admin/v1/audit").path("changes").size(), n -> n == changes);
    assertThat(get("/admin/v1/rules/keep").path("author").asText()).isEqualTo("merch-1");
  }

  private static String mongoAudit() throws Exception {
    return Integer.toString(
        new io.podium.store.mongo.MongoAudit(stores.mongoLink())
            .after(0, 0, 1_000)
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS)
            .size());
  }

  @Test
  @Order(8)
  void aBrowserLogsInWithACookieAndChangesWithItsToken() throws Exception {
    assertThat(call("POST", "/admin/v1/login", "{\"token\":\"no\"}").statusCode()).isEqualTo(401);
    HttpResponse<String> in = call("POST", "/admin/v1/login", "{\"token\":\"two\"}");
    String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
    String value = cookie.substring(0, cookie.indexOf(';'));
    String csrf = JSON.readTree(in.body()).path("csrf").asText();
    HttpResponse<String> page = call("GET", "/console/", "", "Cookie", value);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("script-src 'self'")
        .doesNotContain("unsafe");
    String rule =
        "{\"id\":\"c\",\"board\":\"best\",\"productId\":\"P7\",\"action\":\"hide\",\"reason\":\"r\"}";
    assertThat(call("POST", "/admin/v1/rules", rule, "Cookie", value).statusCode()).isEqualTo(403);
    String[] both = {"Cookie", value, "X-CSRF-Token", csrf};
    HttpResponse<String> made = call("POST", "/admin/v1/rules", rule, both);
    assertThat(JSON.readTree(made.body()).path("author").asText()).isEqualTo("merch-2");
    assertThat(call("POST", "/admin/v1/logout", "", both).statusCode()).isEqualTo(204);
    assertThat(call("GET", "/admin/v1/rules", "", "Cookie", value).statusCode()).isEqualTo(401);
  }
}
