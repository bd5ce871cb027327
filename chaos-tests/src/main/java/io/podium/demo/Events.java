package io.podium.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** The shop's CloudEvents. Ids are unique per run: a shop that opens again tells new events. */
final class Events {
  private final String run;
  private long next;

  /** A line of an order. */
  record Line(String productId, int quantity, int unitPrice) {}

  /** Who buys. */
  record Buyer(String id, String ageGroup) {}

  Events(String run) {
    this.run = run;
  }

  ObjectNode order(Instant time, String orderId, Buyer buyer, List<Line> lines) {
    ObjectNode event = event("/orders", "order.placed", time);
    ObjectNode data = event.putObject("data").put("orderId", orderId).put("currency", "KRW");
    buyer(data, buyer);
    ArrayNode array = data.putArray("lines");
    for (Line line : lines) {
      array
          .addObject()
          .put("productId", line.productId())
          .put("quantity", line.quantity())
          .put("unitPrice", line.unitPrice());
    }
    return event;
  }

  /** Of the whole order. */
  ObjectNode cancellation(Instant time, String orderId) {
    ObjectNode event = event("/orders", "order.cancelled", time);
    event.putObject("data").put("orderId", orderId).put("currency", "KRW");
    return event;
  }

  /** A view or a cart. */
  ObjectNode signal(String type, Instant time, String productId, Buyer buyer) {
    ObjectNode event = event("/web", type, time);
    ObjectNode data = event.putObject("data").put("productId", productId);
    buyer(data, buyer);
    return event;
  }

  /**
   * @param type {@code product.upserted} or {@code product.patched}
   */
  ObjectNode card(String type, Instant time, String productId, ObjectNode members) {
    ObjectNode event = event("/catalogue", type, time);
    event.putObject("data").put("productId", productId).set("card", members);
    return event;
  }

  private ObjectNode event(String source, String type, Instant time) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("specversion", "1.0")
        .put("id", run + "-" + next++)
        .put("source", source)
        .put("type", type)
        .put("time", time.toString());
  }

  private static void buyer(ObjectNode data, Buyer buyer) {
    data.putObject("buyer")
        .put("id", buyer.id())
        .put("ageGroup", buyer.ageGroup())
        .put("country", "KR");
  }
}
