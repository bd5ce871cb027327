package io.podium.chaos.check;

import java.time.Instant;
import java.util.List;

/**
 * One event of the drill's shop.
 *
 * @param type as in CloudEvents
 * @param orderId empty for a view or a cart
 * @param lines of an order; of a cancellation: empty for the whole order; of a view or cart: one
 */
public record Sale(
    String id, String type, Instant time, String orderId, String ageGroup, List<Line> lines) {
  /**
   * @param unitPrice won
   */
  public record Line(String productId, int quantity, int unitPrice) {}

  public static final String PLACED = "order.placed";
  public static final String CANCELLED = "order.cancelled";
  public static final String VIEWED = "product.viewed";
  public static final String CART = "cart.added";

  /** CloudEvents JSON; every text in it is plain. */
  public void json(StringBuilder out) {
    out.append("{\"specversion\":\"1.0\",\"id\":\"").append(id);
    out.append("\",\"source\":\"/drill\",\"type\":\"").append(type);
    out.append("\",\"time\":\"").append(time).append("\",\"data\":{");
    if (orderId.isEmpty()) {
      out.append("\"productId\":\"").append(lines.get(0).productId()).append('"');
      buyer(out);
    } else {
      out.append("\"orderId\":\"").append(orderId).append("\",\"currency\":\"KRW\"");
      if (type.equals(PLACED)) {
        buyer(out);
      }
      if (!lines.isEmpty()) {
        lines(out);
      }
    }
    out.append("}}");
  }

  private void buyer(StringBuilder out) {
    out.append(",\"buyer\":{\"id\":\"b-").append(id).append("\",\"ageGroup\":\"");
    out.append(ageGroup).append("\"}");
  }

  private void lines(StringBuilder out) {
    String separator = ",\"lines\":[";
    for (Line line : lines) {
      out.append(separator).append("{\"productId\":\"").append(line.productId());
      out.append("\",\"quantity\":").append(line.quantity());
      out.append(",\"unitPrice\":").append(line.unitPrice()).append('}');
      separator = ",";
    }
    out.append(']');
  }
}
