package io.podium.ranking.core;

import io.podium.ranking.board.Score;
import io.podium.ranking.event.SalesEvent.Line;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** What events add to a board's score, before any weight by age. Integers only. */
final class Scoring {
  private static final String ORDER = "order.placed";

  private enum Kind {
    UNITS,
    ORDERS,
    REVENUE,
    WEIGHTS
  }

  private final Kind kind;
  private final Map<String, Long> weights;
  private long[] weightOfNumber = {};
  private final long orderWeight;

  Scoring(Score score) {
    weights = score instanceof Score.Weights w ? w.byType() : Map.of();
    orderWeight = weights.getOrDefault(ORDER, 0L);
    if (score instanceof Score.Units) {
      kind = Kind.UNITS;
    } else if (score instanceof Score.Orders) {
      kind = Kind.ORDERS;
    } else if (score instanceof Score.Revenue) {
      kind = Kind.REVENUE;
    } else {
      kind = Kind.WEIGHTS;
    }
  }

  boolean countsOrders() {
    return kind != Kind.WEIGHTS || orderWeight != 0;
  }

  Set<String> signals() {
    return weights.keySet();
  }

  boolean weighs(String signalType) {
    return weights.containsKey(signalType);
  }

  /** A view, a cart or another signal, by the number of its type. */
  void signal(int type, long quantity, Wide out) {
    out.set(0);
    out.addProduct(weightOfNumber[type], quantity);
  }

  void number(String[] types) {
    weightOfNumber = new long[types.length];
    Arrays.setAll(weightOfNumber, i -> weights.getOrDefault(types[i], 0L));
  }

  /** A cancellation that names no order. */
  void withoutOrder(Line line, Wide out) {
    out.set(0);
    switch (kind) {
      case UNITS -> out.set(-line.quantity());
      case REVENUE -> out.addProduct(-line.quantity(), line.unitPrice());
      case WEIGHTS -> out.addProduct(-line.quantity(), orderWeight);
      case ORDERS -> {}
    }
  }

  /** Units of the lines {@code from} to {@code to}, which are of one product, not taken back. */
  static long remaining(Order order, int from, int to) {
    long placed = 0;
    for (int line = from; line < to; line++) {
      placed += order.quantity(line);
    }
    return Math.max(0, placed - order.cancelled(order.product(from)));
  }

  /**
   * What the first {@code units} units that remain of one product's lines add. Lines are taken back
   * in the order in which they stand.
   */
  void order(Order order, int from, int to, long units, Wide out) {
    out.set(0);
    long counted = 0;
    long back = order.cancelled(order.product(from));
    for (int line = from; line < to && counted < units; line++) {
      long placed = order.quantity(line);
      long taken = Math.min(back, placed);
      back -= taken;
      long here = Math.min(placed - taken, units - counted);
      counted += here;
      if (kind == Kind.REVENUE) {
        out.addProduct(here, order.price(line));
      }
    }
    switch (kind) {
      case UNITS -> out.set(counted);
      case ORDERS -> out.set(counted > 0 ? 1 : 0);
      case WEIGHTS -> out.addProduct(counted, orderWeight);
      case REVENUE -> {}
    }
  }
}
