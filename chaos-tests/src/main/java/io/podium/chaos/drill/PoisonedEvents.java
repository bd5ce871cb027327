package io.podium.chaos.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Events that are wrong in every way are posted, or stand in the stream itself. */
final class PoisonedEvents extends ShopDrill {
  /** Refused as a whole, with nothing stored. */
  private static final List<String> REFUSED =
      List.of(
          "{",
          "[{\"specversion\":\"1.0\"}]",
          "[1]",
          "[{\"specversion\":\"1.0\",\"id\":\"\",\"source\":\"/x\",\"type\":\"order.placed\"}]",
          "\u0000\u0001");

  /** What the data of an order may not be: each is stored, and rejected with its reason. */
  private static final List<String> REJECTED =
      List.of(
          "\"lines\":[{\"productId\":\"P1\",\"quantity\":0,\"unitPrice\":1}]",
          "\"lines\":[{\"productId\":\"P1\",\"quantity\":-5,\"unitPrice\":1}]",
          "\"lines\":[{\"productId\":\"P1\",\"quantity\":9000000000,\"unitPrice\":1}]",
          "\"lines\":[{\"productId\":\"P1\",\"quantity\":1,\"unitPrice\":-1}]");

  private static int turn;

  PoisonedEvents() {
    super(
        "poisoned-events",
        "Wrong events, even forged ones in the stream, are turned away and change no ranking.",
        "잘못되거나 위조된 이벤트는 걸러지며 랭킹을 바꾸지 못합니다.");
  }

  @Override
  void begin(Run run, Scene scene) throws Exception {
    OpenShop shop = scene.shop();
    List<Integer> refused = REFUSED.stream().map(body -> shop.client().once(0, body)).toList();
    run.check(
        Promise.BOUNDED,
        "malformed requests were refused as such",
        refused.stream().allMatch(s -> s == 400),
        refused.toString());
    Instant now = Instant.now();
    for (String lines : REJECTED) {
      post(run, shop, now, lines);
    }
    String good = "\"lines\":[{\"productId\":\"P1\",\"quantity\":1,\"unitPrice\":1}]";
    // A shop whose clock is an hour ahead.
    post(run, shop, now.plus(Duration.ofHours(1)), good);
    // What no ingestion would have let in.
    scene.stack().stores().events().tell("XADD podium:events * event not-json");
    scene.stack().stores().events().tell("XADD podium:events * nonsense 1");
  }

  private static void post(Run run, OpenShop shop, Instant time, String lines) {
    String body =
        "[{\"specversion\":\"1.0\",\"id\":\"bad-%d\",\"source\":\"/drill\",\"type\":\"order.placed\",\"time\":\"%s\",\"data\":{\"orderId\":\"bad-%d\",\"currency\":\"KRW\",%s}}]"
            .formatted(turn, time, turn++, lines);
    int status = shop.client().once(turn % 2, body);
    if (status == 202) {
      shop.sentToBeRejected(1);
    } else {
      run.check(Promise.COUNTED_ONCE, "a wrong event is taken and kept aside", false, body);
    }
  }

  @Override
  void end(Run run, Scene scene) {}
}
