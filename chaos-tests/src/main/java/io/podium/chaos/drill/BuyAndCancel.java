package io.podium.chaos.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An attack on the ranking: a few buyers buy hundreds of a product that nobody wants, and cancel it
 * all a moment later. Two boards that differ in nothing but the cap tell how far it got.
 */
final class BuyAndCancel extends ShopDrill {
  private static final String FREE = "without-cap";
  private static final String CAPPED = "with-cap";
  private static final String BOUGHT = "P299";
  private static final int BUYERS = 3;
  private static final int ORDERS = 60;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  BuyAndCancel() {
    super(
        "buy-and-cancel",
        "A bought rank is small with a cap for each buyer, and gone when the orders are cancelled.",
        "구매자 한도가 있으면 매수로 얻은 순위가 작고, 주문이 취소되면 사라집니다.");
  }

  @Override
  Setting setting(Run run) {
    Map<String, Object> plain =
        Map.of(
            "score",
            "units",
            "window",
            "PT24H",
            "publishEvery",
            "PT0.2S",
            "currency",
            "KRW",
            "size",
            300,
            "slices",
            List.of(List.of()));
    Map<String, Object> capped = new LinkedHashMap<>(plain);
    capped.put("buyerCap", Map.of("units", 5, "per", "P1D"));
    return Setting.standard(run).with(Map.of(FREE, plain, CAPPED, capped));
  }

  @Override
  boolean countsOnlySales() {
    return false;
  }

  @Override
  void begin(Run run, Scene scene) throws Exception {
    int before = rank(scene, FREE);
    int beforeCapped = rank(scene, CAPPED);
    for (int i = 0; i < ORDERS; i++) {
      post(
          scene,
          "placed",
          i,
          ",\"lines\":[{\"productId\":\"" + BOUGHT + "\",\"quantity\":200,\"unitPrice\":100}]");
    }
    run.await("the bought rank shows", PATIENCE, () -> rank(scene, FREE) == 1);
    scene.awaitFresh();
    int capped = rank(scene, CAPPED);
    run.fact("rank before, without and with a cap", before + ", " + beforeCapped);
    run.fact("rank bought, without and with a cap", "1, " + capped);
    run.check(
        Promise.COUNTED_ONCE,
        "the cap keeps most of the bought rank away",
        capped > 10,
        "from " + beforeCapped + " to " + capped + " with a cap, from " + before + " to 1 without");
    for (int i = 0; i < ORDERS; i++) {
      post(scene, "cancelled", i, "");
    }
  }

  private static void post(Scene scene, String type, int order, String lines) {
    String event =
        "[{\"specversion\":\"1.0\",\"id\":\"%s-%d\",\"source\":\"/attack\",\"type\":\"order.%s\",\"time\":\"%s\",\"data\":{\"orderId\":\"attack-%d\",\"currency\":\"KRW\"%s%s}}]"
            .formatted(
                type,
                order,
                type,
                Instant.now(),
                order,
                lines.isEmpty() ? "" : ",\"buyer\":{\"id\":\"attacker-" + order % BUYERS + "\"}",
                lines);
    if (scene.shop().client().once(order % 2, event) != 202) {
      throw new DrillException("an order of the attack was not taken");
    }
  }

  /** Without a place: behind the last. */
  private static int rank(Scene scene, String board) throws InterruptedException {
    String engine = scene.stack().engineUrls().get(0);
    String next = "/v1/rankings/" + board + "?size=100";
    int seen = 0;
    while (!next.isEmpty()) {
      JsonNode page = scene.shop().api().json(engine + next);
      if (page == null) {
        return 0;
      }
      for (JsonNode item : page.path("items")) {
        seen++;
        if (item.path("productId").asText().equals(BOUGHT)) {
          return item.path("rank").asInt();
        }
      }
      next = page.path("next").asText("");
    }
    return seen + 1;
  }

  @Override
  void end(Run run, Scene scene) {}

  @Override
  void after(Run run, Scene scene) throws Exception {
    int free = rank(scene, FREE);
    int capped = rank(scene, CAPPED);
    run.check(
        Promise.COUNTED_ONCE,
        "nothing of it is left when it is cancelled: both boards and a scan without it are the same",
        Math.abs(free - capped) <= 5,
        "rank " + free + " without and " + capped + " with a cap");
  }
}
