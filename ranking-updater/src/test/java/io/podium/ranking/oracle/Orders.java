package io.podium.ranking.oracle;

import io.podium.listing.CodePointOrder;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Score;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What orders, cancellations and signals add on a board inside its window at T. */
final class Orders {
  /** The events' order wherever the earliest counts; sources only to make it total. */
  static final Comparator<SalesEvent> EARLIEST =
      Comparator.comparing((SalesEvent e) -> e.meta().time())
          .thenComparing(e -> e.meta().id(), CodePointOrder.INSTANCE)
          .thenComparing(e -> e.meta().source(), CodePointOrder.INSTANCE);

  private final Board board;
  private final Past past;
  private final List<Contribution> found = new ArrayList<>();
  private final Capped capped = new Capped(new HashMap<>(), new HashSet<>());

  /**
   * What a buyer cap did, for the cases.
   *
   * @param counted units that count, by order and index of the line
   * @param cut lines of which some units do not count
   */
  record Capped(Map<List<Object>, Long> counted, Set<List<Object>> cut) {}

  Orders(Board board, Past past) {
    this.board = board;
    this.past = past;
  }

  List<Contribution> of(Collection<SalesEvent> events) {
    placed(events);
    for (SalesEvent event : events) {
      if (!past.holds(event.meta().time())) {
        continue;
      }
      if (event instanceof OrderCancelled cancelled && cancelled.orderId() == null) {
        takeBack(cancelled);
      } else if (event instanceof SalesEvent.Signal signal) {
        signal(signal);
      }
    }
    return found;
  }

  /** The one placement of each orderId that stands. */
  static Map<String, OrderPlaced> standing(Collection<SalesEvent> events) {
    Map<String, OrderPlaced> byId = new HashMap<>();
    for (SalesEvent event : events) {
      if (event instanceof OrderPlaced placed) {
        byId.merge(placed.orderId(), placed, (a, b) -> EARLIEST.compare(a, b) <= 0 ? a : b);
      }
    }
    return byId;
  }

  private void placed(Collection<SalesEvent> events) {
    List<OrderPlaced> counting = new ArrayList<>();
    for (OrderPlaced order : standing(events).values()) {
      if (past.holds(order.meta().time()) && inCurrency(order.currency())) {
        counting.add(order);
      }
    }
    counting.sort(EARLIEST);
    Map<List<Object>, Long> used = new HashMap<>();
    for (OrderPlaced order : counting) {
      long[] left = net(order, events);
      Set<String> products = new HashSet<>();
      for (int i = 0; i < left.length; i++) {
        Line line = order.lines().get(i);
        long units = capped(order, line, left[i], used);
        List<Object> place = List.of(order.orderId(), i);
        capped.counted().put(place, units);
        if (units < left[i]) {
          capped.cut().add(place);
        }
        boolean first = units > 0 && products.add(line.productId());
        BigInteger amount = amount(units, line.unitPrice(), first);
        found.add(new Contribution(line.productId(), order.buyer(), order.meta().time(), amount));
      }
    }
  }

  /** What is left of each line after every cancellation of the order. */
  static long[] net(OrderPlaced order, Collection<SalesEvent> events) {
    Map<String, BigInteger> cancelled = new HashMap<>();
    boolean whole = false;
    for (SalesEvent event : events) {
      if (event instanceof OrderCancelled c && order.orderId().equals(c.orderId())) {
        whole |= c.lines() == null;
        for (Line line : lines(c)) {
          cancelled.merge(line.productId(), BigInteger.valueOf(line.quantity()), BigInteger::add);
        }
      }
    }
    long[] left = new long[order.lines().size()];
    for (int i = 0; i < left.length; i++) {
      Line line = order.lines().get(i);
      BigInteger placed = BigInteger.valueOf(line.quantity());
      BigInteger toTake = cancelled.getOrDefault(line.productId(), BigInteger.ZERO);
      BigInteger taken = toTake.min(placed);
      cancelled.put(line.productId(), toTake.subtract(taken));
      left[i] = whole ? 0 : placed.subtract(taken).longValueExact();
    }
    return left;
  }

  private static List<Line> lines(OrderCancelled cancelled) {
    List<Line> lines = cancelled.lines();
    return lines == null ? List.of() : lines;
  }

  private long capped(OrderPlaced order, Line line, long units, Map<List<Object>, Long> used) {
    Board.BuyerCap cap = board.buyerCap();
    String buyer = order.buyer().id();
    if (cap == null || buyer == null) {
      return units;
    }
    Duration per = cap.per();
    long period = Math.floorDiv(Past.nanos(order.meta().time()), per.toNanos());
    List<Object> group = List.of(buyer, line.productId(), period);
    long before = used.getOrDefault(group, 0L);
    long counted = Math.min(units, cap.units() - before);
    used.put(group, before + counted);
    return counted;
  }

  private BigInteger amount(long units, long unitPrice, boolean firstOfOrder) {
    BigInteger quantity = BigInteger.valueOf(units);
    if (board.score() instanceof Score.Orders) {
      return firstOfOrder ? BigInteger.ONE : BigInteger.ZERO;
    }
    if (board.score() instanceof Score.Revenue) {
      return quantity.multiply(BigInteger.valueOf(unitPrice));
    }
    if (board.score() instanceof Score.Weights weights) {
      return quantity.multiply(weight(weights, "order.placed"));
    }
    return quantity;
  }

  private void takeBack(OrderCancelled cancelled) {
    if (!inCurrency(cancelled.currency())) {
      return;
    }
    for (Line line : lines(cancelled)) {
      BigInteger amount = amount(line.quantity(), line.unitPrice(), false).negate();
      found.add(
          new Contribution(line.productId(), cancelled.buyer(), cancelled.meta().time(), amount));
    }
  }

  private void signal(SalesEvent.Signal signal) {
    if (board.score() instanceof Score.Weights weights) {
      BigInteger amount =
          BigInteger.valueOf(signal.quantity()).multiply(weight(weights, signal.meta().type()));
      found.add(new Contribution(signal.productId(), signal.buyer(), signal.meta().time(), amount));
    }
  }

  private static BigInteger weight(Score.Weights weights, String type) {
    return BigInteger.valueOf(weights.byType().getOrDefault(type, 0L));
  }

  Capped capped() {
    return capped;
  }

  boolean inCurrency(@Nullable String currency) {
    return board.currency() == null || currency == null || board.currency().equals(currency);
  }
}
