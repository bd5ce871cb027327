package io.podium.ranking.run;

import io.podium.ranking.board.Rule;
import io.podium.ranking.board.RuleException;
import io.podium.ranking.board.RuleParser;
import io.podium.ranking.stream.Await;
import io.podium.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A client that posts until it is acknowledged, and a merchandiser. */
final class SimulatedShop {
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final String[] CATEGORIES = {"a", "a/x", "b"};

  private final Random random;
  private final SimulatedWorld world;
  private final List<Request> open = new ArrayList<>();
  private final List<Request> acknowledged = new ArrayList<>();
  private int events;

  /** What was sent at once, and is sent again as it was. */
  record Request(List<byte[]> events, List<byte[]> products) {}

  SimulatedShop(Random random, SimulatedWorld world) {
    this.random = random;
    this.world = world;
  }

  void sell() {
    List<byte[]> sold = new ArrayList<>();
    List<byte[]> cards = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      switch (random.nextInt(8)) {
        case 0 -> cards.add(card());
        case 1 -> sold.add(cancellation());
        case 2 -> sold.add(view());
        default -> sold.add(order());
      }
    }
    open.add(new Request(sold, cards));
    send();
  }

  /** Everything that was not acknowledged yet, once more. */
  void send() {
    for (Request request : List.copyOf(open)) {
      try {
        Await.on(world.log().append(request.events(), request.products()), DEADLINE);
        open.remove(request);
        acknowledged.add(request);
      } catch (StoreException | Faults.Crash e) {
        // Stored or not, nobody told: again later.
      }
    }
  }

  boolean isDone() {
    return open.isEmpty();
  }

  List<Request> acknowledged() {
    return acknowledged;
  }

  /** Now and then one that breaks a rule of business. */
  private byte[] order() {
    int quantity = random.nextInt(20) == 0 ? 0 : 1 + random.nextInt(3);
    return event(
        "order.placed",
        "\"orderId\":\"%d\",\"buyer\":{\"ageGroup\":\"%d0s\"},\"lines\":[%s]"
            .formatted(events, random.nextInt(3), line(quantity)));
  }

  private byte[] cancellation() {
    return event(
        "order.cancelled",
        "\"orderId\":\"%d\",\"lines\":[%s]".formatted(random.nextInt(events + 2), line(1)));
  }

  private byte[] view() {
    return event("product.viewed", "\"productId\":\"" + product() + "\"");
  }

  private byte[] card() {
    return event(
        "product.patched",
        "\"productId\":\"%s\",\"card\":{\"category\":\"%s\",\"onSale\":%b}"
            .formatted(product(), CATEGORIES[random.nextInt(3)], random.nextInt(4) > 0));
  }

  private String line(int quantity) {
    return "{\"productId\":\"%s\",\"quantity\":%d,\"unitPrice\":1}".formatted(product(), quantity);
  }

  private String product() {
    return "P" + random.nextInt(5);
  }

  private byte[] event(String type, String data) {
    long ahead = random.nextInt(25) == 0 ? random.nextInt(400_000) : -random.nextInt(3_000);
    String json =
        "{\"specversion\":\"1.0\",\"id\":\"%d\",\"source\":\"/s\",\"type\":\"%s\",\"time\":\"%s\",\"data\":{%s}}"
            .formatted(events++, type, Instant.ofEpochMilli(world.now() + ahead), data);
    return json.getBytes(StandardCharsets.UTF_8);
  }

  void decide() {
    String action = random.nextBoolean() ? "\"hide\"" : "\"pin\",\"place\":2";
    String json =
        """
        [{"id":"r","board":"best","productId":"%s","action":%s,"author":"m","reason":"r"}]"""
            .formatted(product(), action);
    world.rules(random.nextInt(3) == 0 ? List.of() : rules(json));
  }

  private static List<Rule> rules(String json) {
    try {
      return RuleParser.parse(json.getBytes(StandardCharsets.UTF_8));
    } catch (RuleException e) {
      throw new AssertionError(e);
    }
  }
}
