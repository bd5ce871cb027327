package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.store.mongo.MongoAudit;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
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

/** Rules on a real updater: refused, previewed, changed by two, explained, kept. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeskRulesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path dir;
  private static RunningDesk desk;

  @BeforeAll
  static void start() throws Exception {
    desk = new RunningDesk(dir);
    desk.sell();
  }

  @AfterAll
  static void stop() {
    desk.close();
  }

  private static String pin(String product, int place, String more) {
    return "{\"id\":\"r-1\",\"board\":\"best\",\"productId\":\"%s\",\"action\":\"pin\",\"place\":%d%s}"
        .formatted(product, place, more);
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
        "until: a time as 2026-11-22T00:00:00Z, of the years 0000 to 9999 | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"hide\",\"until\":\"+999999999-12-31T23:59:59-18:00\",\"reason\":\"x\"}",
        "from: a time as 2026-11-22T00:00:00Z, of the years 0000 to 9999 | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"hide\",\"from\":\"+10000-01-01T00:00:00Z\",\"reason\":\"x\"}",
        "slice: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"hide\",\"slice\":{\"brand\":\"B\"},\"reason\":\"x\"}",
        "reason: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"hide\"}",
        "reason: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"hide\",\"reason\":\"  \"}",
        "extra: | {\"board\":\"best\",\"productId\":\"P1\",\"action\":\"hide\",\"reason\":\"x\",\"extra\":1}",
        "body: | [1]",
        "body: | {",
      })
  void aBadRuleIsRefusedByName(String name, String body) throws Exception {
    HttpResponse<String> answer = desk.as("one", "POST", "/admin/v1/rules", body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).path("detail").asText()).startsWith(name);
    assertThat(desk.get("/admin/v1/rules")).noneMatch(r -> r.path("reason").asText().equals("x"));
  }

  @Test
  void tenMegabytesAreRefused() throws Exception {
    String body = "{\"reason\":\"" + "x".repeat(10_000_000) + "\"}";
    HttpResponse<String> answer = desk.as("one", "POST", "/admin/v1/rules", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("body: more than");
  }

  @Test
  @Order(1)
  void aPinIsPreviewedThenShownWithItsAuthorAndTheSecondPersonIsTold() throws Exception {
    String rule = pin("P4", 1, ",\"author\":\"somebody\",\"reason\":\"<script>alert(1)</script>\"");
    JsonNode preview = JSON.readTree(desk.as("one", "POST", "/admin/v1/preview", rule).body());
    assertThat(preview.path("items").get(0).path("productId").asText()).isEqualTo("P4");
    assertThat(desk.displayed()).startsWith("P1");

    HttpResponse<String> made = desk.as("one", "POST", "/admin/v1/rules", rule);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    assertThat(JSON.readTree(made.body()).path("author").asText()).isEqualTo("merch-1");
    String etag = made.headers().firstValue("ETag").orElseThrow();
    Eventually.get("pinned", desk::displayed, List.of("P4", "P1", "P2", "P3")::equals);

    String[] seen = {"Authorization", "Bearer two", "If-Match", etag};
    String second = pin("P4", 2, ",\"reason\":\"later\"");
    assertThat(desk.call("POST", "/admin/v1/rules", second, seen).statusCode()).isEqualTo(200);
    HttpResponse<String> told = desk.call("POST", "/admin/v1/rules", rule, seen);
    assertThat(told.statusCode()).isEqualTo(412);
    assertThat(told.body()).contains("changed meanwhile by merch-2");
    String[] anew = {"Authorization", "Bearer two", "If-None-Match", "*"};
    assertThat(desk.call("POST", "/admin/v1/rules", rule, anew).statusCode()).isEqualTo(412);
    String why = "/admin/v1/rules/r-1?reason=over";
    assertThat(desk.call("DELETE", why, "", seen).statusCode()).isEqualTo(412);
    assertThat(desk.as("two", "DELETE", why, "").statusCode()).isEqualTo(204);
    Eventually.get("unpinned", desk::displayed, List.of("P1", "P2", "P3", "P4")::equals);

    JsonNode changes = desk.get("/admin/v1/audit").path("changes");
    assertThat(changes).hasSize(3);
    assertThat(changes.get(0).path("author").asText()).isEqualTo("merch-1");
    assertThat(changes.get(0).path("before").isNull()).isTrue();
    assertThat(changes.get(0).path("after").path("reason").asText()).contains("<script>");
    assertThat(changes.get(1).path("before").path("place").asInt()).isEqualTo(1);
    assertThat(changes.get(2).path("after").isNull()).isTrue();
    assertThat(changes.get(2).path("reason").asText()).isEqualTo("over");
  }

  @Test
  @Order(2)
  void whatIsBuriedIsPublishedAsSuch_alsoWhereItStood() throws Exception {
    String bury =
        "{\"id\":\"b\",\"board\":\"best\",\"productId\":\"P4\",\"action\":\"bury\",\"factor\":0.5,\"reason\":\"old\"}";
    assertThat(desk.as("one", "POST", "/admin/v1/rules", bury).statusCode()).isEqualTo(201);
    Eventually.get("buried", () -> desk.published().entries().get(3).buried(), b -> b);
    assertThat(desk.displayed()).containsExactly("P1", "P2", "P3", "P4");
    assertThat(desk.published().entries().get(3).promoted()).isFalse();
    JsonNode last = desk.get("/admin/v1/listings/best").path("items").get(3);
    assertThat(last.path("buried").asBoolean()).isTrue();
    assertThat(desk.as("one", "DELETE", "/admin/v1/rules/b?reason=new", "").statusCode())
        .isEqualTo(204);
    Eventually.get("not buried", () -> desk.published().entries().get(3).buried(), b -> !b);
  }

  @Test
  @Order(2)
  void evidenceTellsWhy() throws Exception {
    JsonNode first = desk.get("/admin/v1/evidence/best/P1");
    assertThat(first.path("organicRank").asInt()).isEqualTo(1);
    assertThat(first.path("netUnits").asInt()).isEqualTo(50);
    assertThat(first.path("buyers").asInt()).isEqualTo(1);
    JsonNode none = desk.get("/admin/v1/evidence/best/P9");
    assertThat(none.path("listed").asBoolean()).isFalse();
    assertThat(none.path("reason").asText()).isEqualTo("no-sales");
    assertThat(desk.get("/admin/v1/evidence/best/P2?category=beauty").path("reason").asText())
        .isEqualTo("not-in-slice");
    assertThat(desk.as("one", "GET", "/admin/v1/evidence/best/P1?size=1", "").statusCode())
        .isEqualTo(400);
  }

  @Test
  @Order(3)
  void evidenceOfAPastEpochStaysWhatItWas() throws Exception {
    String now = "/admin/v1/evidence/best/P1";
    long units = desk.get(now).path("netUnits").asLong();
    long epoch = desk.published().epoch();
    Eventually.get(
        "kept",
        () -> desk.as("one", "GET", now + "?epoch=" + epoch, "").statusCode(),
        s -> s == 200);
    String hide =
        "{\"id\":\"h\",\"board\":\"best\",\"productId\":\"P1\",\"action\":\"hide\",\"reason\":\"recall\"}";
    assertThat(desk.as("two", "POST", "/admin/v1/rules", hide).statusCode()).isEqualTo(201);
    desk.updater.postUntilAccepted("[" + Shop.order("o7", "P1", 7) + "]");
    Eventually.get("sold", () -> desk.get(now).path("netUnits").asLong(), n -> n == units + 7);
    Eventually.get("hidden", desk::displayed, all -> !all.contains("P1"));

    JsonNode then = desk.get(now + "?epoch=" + epoch);
    assertThat(then.path("netUnits").asLong()).isEqualTo(units);
    assertThat(then.path("displayedRank").asInt()).isEqualTo(then.path("organicRank").asInt());
    assertThat(then.path("rules")).isEmpty();
    assertThat(desk.get(now + "?at=" + then.path("asOf").asText()).path("epoch").asLong())
        .isEqualTo(epoch);
    long hidden = desk.published().epoch();
    JsonNode why =
        Eventually.get(
            "kept",
            () -> JSON.readTree(desk.as("one", "GET", now + "?epoch=" + hidden, "").body()),
            e -> e.has("reason"));
    assertThat(why.path("reason").asText()).isEqualTo("hidden");
    assertThat(why.path("rules").get(0).path("author").asText()).isEqualTo("merch-2");
    // All that was ranked is kept: in the whole shop it can only have had no sales.
    assertThat(desk.get("/admin/v1/evidence/best/P99?epoch=" + epoch).path("reason").asText())
        .isEqualTo("no-sales");
    String beauty = "/admin/v1/evidence/best/P99?category=beauty&at=";
    Eventually.get(
        "kept of the slice",
        () -> desk.as("one", "GET", beauty + Instant.now(), "").statusCode(),
        s -> s == 200);
    JsonNode unknown = desk.get(beauty + Instant.now());
    assertThat(unknown.path("reason").asText()).isEqualTo("not-ranked");
    assertThat(unknown.path("oneOf"))
        .extracting(JsonNode::asText)
        .containsExactly("not-in-slice", "no-sales");
    assertThat(desk.as("one", "GET", now + "?epoch=1", "").statusCode()).isEqualTo(404);
    assertThat(desk.as("one", "GET", now + "?epoch=1&at=2026-01-01T00:00:00Z", "").statusCode())
        .isEqualTo(400);
    assertThat(desk.as("two", "DELETE", "/admin/v1/rules/h", "").statusCode()).isEqualTo(204);
    Eventually.get("shown", desk::displayed, all -> all.contains("P1"));
  }

  @Test
  @Order(4)
  void aLostLogComesBackFromMongo() throws Exception {
    String hide =
        "{\"id\":\"keep\",\"board\":\"best\",\"productId\":\"P8\",\"action\":\"hide\",\"reason\":\"r\"}";
    assertThat(desk.as("one", "POST", "/admin/v1/rules", hide).statusCode()).isEqualTo(201);
    int changes = desk.get("/admin/v1/audit").path("changes").size();
    Eventually.get("copied", () -> JSON.readTree(mongoAudit()), rows -> rows.asInt() == changes);
    desk.stores.eventsLink().write(r -> r.del("podium:rules")).get(5, TimeUnit.SECONDS);
    Eventually.get(
        "restored", () -> desk.get("/admin/v1/audit").path("changes").size(), n -> n == changes);
    assertThat(desk.get("/admin/v1/rules/keep").path("author").asText()).isEqualTo("merch-1");
  }

  private static String mongoAudit() throws Exception {
    return Integer.toString(
        new MongoAudit(desk.stores.mongoLink())
            .after(0, 0, 1_000)
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS)
            .size());
  }
}
