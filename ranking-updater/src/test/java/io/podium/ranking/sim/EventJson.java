package io.podium.ranking.sim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.podium.card.Member;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sales event as the CloudEvent that a shop would have sent. */
final class EventJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EventJson() {}

  static String of(SalesEvent event) {
    SalesEvent.Meta meta = event.meta();
    ObjectNode root = JSON.createObjectNode();
    root.put("specversion", "1.0").put("id", meta.id()).put("source", meta.source());
    root.put("type", meta.type()).put("time", meta.time().toString());
    ObjectNode data = root.putObject("data");
    try {
      if (event instanceof OrderPlaced placed) {
        order(data, placed.orderId(), placed.currency(), placed.buyer(), placed.lines());
      } else if (event instanceof OrderCancelled c) {
        order(data, c.orderId(), c.currency(), c.buyer(), c.lines());
      } else if (event instanceof SalesEvent.Signal signal) {
        data.put("productId", signal.productId()).put("quantity", signal.quantity());
        buyer(data, signal.buyer());
      } else if (event instanceof SalesEvent.CardChange change) {
        card(data, change);
      }
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a simulated event is JSON", e);
    }
  }

  private static void order(
      ObjectNode data,
      @Nullable String orderId,
      @Nullable String currency,
      Buyer buyer,
      @Nullable List<Line> lines) {
    if (orderId != null) {
      data.put("orderId", orderId);
    }
    if (currency != null) {
      data.put("currency", currency);
    }
    buyer(data, buyer);
    if (lines != null) {
      ArrayNode array = data.putArray("lines");
      for (Line line : lines) {
        array
            .addObject()
            .put("productId", line.productId())
            .put("quantity", line.quantity())
            .put("unitPrice", line.unitPrice());
      }
    }
  }

  private static void buyer(ObjectNode data, Buyer buyer) {
    ObjectNode node = data.putObject("buyer");
    if (buyer.id() != null) {
      node.put("id", buyer.id());
    }
    buyer.attributes().forEach(node::put);
  }

  private static void card(ObjectNode data, SalesEvent.CardChange event) {
    data.put("productId", event.change().productId());
    if (event.change().removed() == null) {
      ObjectNode card = data.putObject("card");
      for (Map.Entry<String, Member> member : event.change().members().entrySet()) {
        String json = member.getValue().json();
        card.putRawValue(member.getKey(), new RawValue(json == null ? "null" : json));
      }
    }
  }
}
