package io.podium.bench.flow;

import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.Meta;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Events as shops send them: CloudEvents JSON. The texts of the benchmark need no escapes. */
public final class EventJson {
  private EventJson() {}

  public static byte[] of(SalesEvent event) {
    StringBuilder out = new StringBuilder(400);
    append(event, out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  static void append(SalesEvent event, StringBuilder out) {
    Meta meta = event.meta();
    out.append("{\"specversion\":\"1.0\",\"id\":\"").append(meta.id());
    out.append("\",\"source\":\"").append(meta.source());
    out.append("\",\"type\":\"").append(meta.type());
    out.append("\",\"time\":\"").append(meta.time()).append("\",\"data\":{");
    if (event instanceof SalesEvent.OrderPlaced placed) {
      out.append("\"orderId\":\"").append(placed.orderId()).append("\",\"currency\":\"KRW\"");
      buyer(placed.buyer(), out);
      lines(placed, out);
    } else if (event instanceof SalesEvent.OrderCancelled cancelled) {
      out.append("\"orderId\":\"").append(cancelled.orderId()).append("\",\"currency\":\"KRW\"");
    } else if (event instanceof SalesEvent.Signal signal) {
      out.append("\"productId\":\"").append(signal.productId()).append('"');
      buyer(signal.buyer(), out);
    } else {
      throw new IllegalArgumentException("not in the traffic: " + event);
    }
    out.append("}}");
  }

  private static void buyer(Buyer buyer, StringBuilder out) {
    out.append(",\"buyer\":{\"id\":\"").append(buyer.id()).append('"');
    for (Map.Entry<String, String> e : buyer.attributes().entrySet()) {
      out.append(",\"").append(e.getKey()).append("\":\"").append(e.getValue()).append('"');
    }
    out.append('}');
  }

  private static void lines(SalesEvent.OrderPlaced placed, StringBuilder out) {
    String separator = ",\"lines\":[";
    for (Line line : placed.lines()) {
      out.append(separator).append("{\"productId\":\"").append(line.productId());
      out.append("\",\"quantity\":").append(line.quantity());
      out.append(",\"unitPrice\":").append(line.unitPrice()).append('}');
      separator = ",";
    }
    out.append(']');
  }
}
