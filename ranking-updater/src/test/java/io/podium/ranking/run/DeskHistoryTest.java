package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.listing.Listing;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What stood there before, on a real updater: put back, held, released, read, guarded. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeskHistoryTest {
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

  @Test
  @Order(1)
  void rolledBackItIsANewEpochHeldUntilReleased() throws Exception {
    long first = desk.published().epoch();
    desk.updater.postUntilAccepted("[" + Shop.order("o4b", "P1", 1) + "]");
    Listing old = Eventually.get("a next epoch", desk::published, l -> l.epoch() > first);
    keptEvidence(old);
    desk.updater.postUntilAccepted("[" + Shop.order("o5", "P2", 100) + "]");
    Eventually.get("P2 leads", desk::displayed, List.of("P2", "P1", "P3", "P4")::equals);
    Listing wrong = desk.published();
    long before = wrong.epoch();
    keptEvidence(wrong);
    String body = "{\"epoch\":" + old.epoch() + ",\"reason\":\"wrong\"}";
    HttpResponse<String> done = desk.as("one", "POST", "/admin/v1/listings/best/rollback", body);
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(desk.get("/admin/v1/listings/best").path("held").path("changes").path("moved"))
        .hasSize(2);
    Eventually.get("held", desk::displayed, List.of("P1", "P2", "P3", "P4")::equals);
    assertThat(desk.published().epoch()).isGreaterThan(before);
    assertThat(desk.published().hash()).isEqualTo(old.hash());
    desk.updater.postUntilAccepted("[" + Shop.order("o6", "P3", 500) + "]");
    desk.updater.settled();
    desk.updater.restart();
    desk.updater.settled();
    assertThat(desk.displayed()).startsWith("P1");
    JsonNode now =
        Eventually.get("told", () -> desk.get("/admin/v1/listings/best"), x -> x.has("held"));
    assertThat(products(now)).isEqualTo(desk.displayed());
    Listing back = desk.published();
    assertThat(back.asOf()).isEqualTo(old.asOf());
    assertThat(back.shownFrom()).isAfter(wrong.shownFrom());
    assertThat(shownAt(old.asOf())).isEqualTo(old.epoch());
    assertThat(shownAt(wrong.asOf())).isEqualTo(wrong.epoch());
    assertThat(shownAt(back.shownFrom().minusMillis(1))).isEqualTo(wrong.epoch());
    assertThat(shownAt(back.shownFrom())).isEqualTo(back.epoch());
    for (String asked : List.of("", "?at=" + back.shownFrom(), "?at=" + Instant.now())) {
      JsonNode why = desk.get("/admin/v1/evidence/best/P3" + asked);
      assertThat(why.path("epoch").asLong()).as(asked).isEqualTo(old.epoch());
    }
    Eventually.get(
        "the course in Mongo's history",
        () -> {
          List<String> times = new ArrayList<>();
          desk.get("/admin/v1/listings/best/products/P2?points=300")
              .path("points")
              .forEach(p -> times.add(p.path("shownFrom").asText()));
          return times;
        },
        times ->
            times.contains(back.shownFrom().toString())
                && times.equals(times.stream().sorted().toList()));
    HttpResponse<String> further = desk.as("one", "POST", "/admin/v1/listings/best/rollback", "{}");
    assertThat(further.statusCode()).as(further.body()).isEqualTo(200);
    assertThat(JSON.readTree(further.body()).path("epoch").asLong()).isLessThan(old.epoch());
    assertThat(desk.updater.admin("/metrics").body()).contains("podium_listings_held 1");
    assertThat(desk.as("two", "POST", "/admin/v1/listings/best/release", "{}").statusCode())
        .isEqualTo(200);
    Eventually.get("released", desk::displayed, List.of("P3", "P2", "P1", "P4")::equals);
    assertThat(desk.as("two", "POST", "/admin/v1/listings/best/release", "{}").statusCode())
        .isEqualTo(404);
  }

  private static List<String> products(JsonNode listing) {
    List<String> products = new ArrayList<>();
    listing.path("items").forEach(i -> products.add(i.path("productId").asText()));
    return products;
  }

  private static void keptEvidence(Listing epoch) {
    String path = "/admin/v1/evidence/best/P3?epoch=" + epoch.epoch();
    Eventually.get("evidence", () -> desk.as("one", "GET", path, "").statusCode(), s -> s == 200);
  }

  private static long shownAt(Instant moment) throws Exception {
    return desk.get("/admin/v1/listings/best?at=" + moment).path("epoch").asLong();
  }

  @Test
  @Order(2)
  void thePastCanBeRead() throws Exception {
    JsonNode epochs =
        Eventually.get(
            "history",
            () -> desk.get("/admin/v1/listings/best/epochs").path("epochs"),
            e -> e.size() > 3 && e.get(0).path("total").asInt() == 4);
    long first = epochs.get(0).path("epoch").asLong();
    Eventually.get(
        "a difference",
        () ->
            desk.get(
                "/admin/v1/listings/best/diff?from=" + first + "&to=" + desk.published().epoch()),
        diff -> !diff.path("moved").isEmpty());
    assertThat(desk.get("/admin/v1/listings/best?epoch=" + first).path("items")).isNotEmpty();
    String at = epochs.get(0).path("asOf").asText();
    assertThat(desk.get("/admin/v1/listings/best?at=" + at).path("asOf").asText()).isEqualTo(at);
    JsonNode course = desk.get("/admin/v1/listings/best/products/P3?points=300");
    assertThat(course.path("points")).isNotEmpty();
    assertThat(desk.as("one", "GET", "/admin/v1/listings/best?at=yesterday", "").statusCode())
        .isEqualTo(400);
    String far = "=%2B999999999-12-31T23:59:59-18:00";
    for (String asked :
        List.of(
            "listings/best?at" + far,
            "listings/best/epochs?from" + far,
            "listings/best/products/P3?until" + far,
            "evidence/best/P3?at" + far,
            "reports/self-preference?board=best&until" + far)) {
      HttpResponse<String> answer = desk.as("one", "GET", "/admin/v1/" + asked, "");
      assertThat(answer.statusCode()).as(asked + answer.body()).isEqualTo(400);
      assertThat(answer.body()).as(asked).contains("0000 to 9999");
    }
    String body = "{\"at\":\"+999999999-12-31T23:59:59-18:00\"}";
    HttpResponse<String> refused = desk.as("one", "POST", "/admin/v1/listings/best/rollback", body);
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
    JsonNode report = desk.get("/admin/v1/reports/self-preference?board=best&by=brand");
    assertThat(report.path("rows")).anyMatch(r -> r.path("brand").asText().equals("Ours"));
    HttpResponse<String> csv =
        desk.as("one", "GET", "/admin/v1/reports/self-preference?board=best&format=csv", "");
    assertThat(csv.body()).startsWith("\"brand\",organicMean").contains("\"Ours\",");
    assertThat(desk.get("/admin/v1/compare?board=best&with=next").path("overlap").asDouble())
        .isEqualTo(1);
  }

  @Test
  @Order(3)
  void aGuardHoldsBackAListingThatLosesHalf() throws Exception {
    String recall =
        String.join(
            ",",
            Shop.card("c7", "P1", "{\"recalled\":true}"),
            Shop.card("c8", "P2", "{\"recalled\":true}"),
            Shop.card("c9", "P3", "{\"recalled\":true}"));
    desk.updater.postUntilAccepted("[" + recall + "]");
    JsonNode now =
        Eventually.get("held", () -> desk.get("/admin/v1/listings/best"), x -> x.has("held"));
    assertThat(now.path("held").path("author").asText()).isEqualTo("guard");
    assertThat(desk.displayed()).hasSize(4);
    assertThat(products(now)).isEqualTo(desk.displayed());
    assertThat(now.path("epoch").asLong()).isEqualTo(desk.published().epoch());
    assertThat(now.path("held").path("changes").path("left")).hasSize(3);
    JsonNode why = desk.get("/admin/v1/evidence/best/P1");
    assertThat(why.path("listed").asBoolean()).isTrue();
    assertThat(why.path("eligible").asBoolean()).isTrue();
    assertThat(desk.as("one", "POST", "/admin/v1/listings/best/release", "{}").statusCode())
        .isEqualTo(200);
    Eventually.get("released", desk::displayed, List.of("P4")::equals);
  }
}
