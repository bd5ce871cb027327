package io.podium.ranking.event;

import com.fasterxml.jackson.core.JsonParser;
import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.card.Stamp;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Score;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.Meta;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns one CloudEvents JSON event into a {@link SalesEvent}, or says why not (DESIGN 4.3). Never
 * throws, whatever the bytes. Safe from any thread.
 *
 * <p>Orders, cards, views, carts and the types that a board weighs must be whole. Of any other type
 * nothing is known, so only its envelope must be right: it becomes a signal that no board counts,
 * with an empty product id where none can be read.
 */
public final class EventDecoder {
  /**
   * Largest event accepted, in bytes. It bounds the lines of an order as well: 10,000 of them, at
   * 31 bytes a line or more, are beyond it.
   */
  public static final int MAX_EVENT_BYTES = 256 * 1024;

  /** Greatest quantity, and greatest unit price in minor units. */
  public static final long MAX_AMOUNT = 1_000_000_000L;

  private static final Set<String> ORDERS = Set.of("order.placed", "order.cancelled");

  private final Set<String> counted = new HashSet<>(Set.of("product.viewed", "cart.added"));
  private final Word[] types;
  private final Recurring recurring = new Recurring();

  /**
   * @param boards the types that they weigh are read strictly
   */
  public EventDecoder(Collection<Board> boards) {
    for (Board board : boards) {
      if (board.score() instanceof Score.Weights weights) {
        counted.addAll(weights.byType().keySet());
      }
    }
    Set<String> all = new HashSet<>(counted);
    all.addAll(ORDERS);
    types = PlainEvent.types(all);
  }

  public Decoded decode(byte[] json) {
    Envelope envelope = new Envelope();
    try {
      if (json.length > MAX_EVENT_BYTES) {
        throw new Fault(Reason.TOO_LARGE);
      }
      if (new PlainEvent(json, types, recurring).read(envelope)) {
        return new Decoded.Accepted(event(envelope));
      }
      return decodeAny(json);
    } catch (Fault fault) {
      return envelope.rejected(fault.reason());
    }
  }

  /** Reads any event, whatever its shape. */
  Decoded decodeAny(byte[] json) {
    Envelope envelope = new Envelope();
    try {
      try (JsonParser p = Json.parser(json)) {
        envelope.read(p);
      }
      return new Decoded.Accepted(event(envelope));
    } catch (Fault fault) {
      return envelope.rejected(fault.reason());
    } catch (IOException notJson) {
      return envelope.rejected(Reason.JSON);
    }
  }

  private SalesEvent event(Envelope envelope) throws Fault {
    Instant time = envelope.checkedTime();
    String source = present(envelope.source, Reason.SOURCE);
    String id = present(envelope.id, Reason.ID);
    String type = present(envelope.type, Reason.TYPE);
    DataFields data = envelope.data;
    Meta meta = envelope.meta(source, id, type, time, contentHash(type, time, data));
    return switch (type) {
      case "order.placed" -> placed(meta, data);
      case "order.cancelled" -> cancelled(meta, data);
      case "product.upserted", "product.patched" -> cardChange(meta, data);
      case "product.removed" -> removal(meta, data);
      default -> counted.contains(type) ? signal(meta, data) : uncounted(meta, data);
    };
  }

  private static SalesEvent placed(Meta meta, DataFields data) throws Fault {
    requireOrder(data);
    if (data.orderId == null) {
      throw new Fault(Reason.MISSING_ORDER_ID);
    }
    List<Line> lines = data.lines;
    if (lines == null || lines.isEmpty()) {
      throw new Fault(Reason.NO_LINES);
    }
    require(!data.linesWithoutPrice, Reason.UNIT_PRICE);
    return new SalesEvent.OrderPlaced(
        meta, data.orderId, data.currency, data.buyer, lines, data.orderHi, data.orderLo);
  }

  private static SalesEvent cancelled(Meta meta, DataFields data) throws Fault {
    requireOrder(data);
    List<Line> lines = data.lines;
    boolean nothingNamed = lines == null ? data.orderId == null : lines.isEmpty();
    require(!nothingNamed, Reason.NO_LINES);
    return new SalesEvent.OrderCancelled(meta, data.orderId, data.currency, data.buyer, lines);
  }

  private static void requireOrder(DataFields data) throws Fault {
    require(data.isObject, Reason.DATA);
    require(!data.badOrderId, Reason.ORDER_ID);
    require(!data.badCurrency, Reason.CURRENCY);
    require(!data.badBuyer, Reason.BUYER);
    if (data.linesFault != null) {
      throw new Fault(data.linesFault);
    }
  }

  private static SalesEvent cardChange(Meta meta, DataFields data) throws Fault {
    require(data.isObject, Reason.DATA);
    String product = present(data.productId, Reason.PRODUCT_ID);
    Stamp stamp = new Stamp(meta.time(), meta.id());
    Map<String, Member> members = new HashMap<>();
    present(data.card, Reason.CARD).forEach((k, v) -> members.put(k, new Member(stamp, v)));
    return new SalesEvent.CardChange(meta, Card.of(product, members));
  }

  private static SalesEvent removal(Meta meta, DataFields data) throws Fault {
    require(data.isObject, Reason.DATA);
    String product = present(data.productId, Reason.PRODUCT_ID);
    Stamp stamp = new Stamp(meta.time(), meta.id());
    return new SalesEvent.CardChange(meta, Card.removal(product, stamp));
  }

  private static SalesEvent signal(Meta meta, DataFields data) throws Fault {
    require(data.isObject, Reason.DATA);
    String product = present(data.productId, Reason.PRODUCT_ID);
    require(!data.badQuantity, Reason.QUANTITY);
    require(!data.badBuyer, Reason.BUYER);
    return new SalesEvent.Signal(
        meta, product, data.quantity, data.buyer, data.productHi, data.productLo);
  }

  private static SalesEvent uncounted(Meta meta, DataFields data) {
    String product = data.productId == null ? "" : data.productId;
    return new SalesEvent.Signal(meta, product, data.badQuantity ? 1 : data.quantity, data.buyer);
  }

  static void require(boolean holds, String reason) throws Fault {
    if (!holds) {
      throw new Fault(reason);
    }
  }

  static <T> T present(@Nullable T value, String reason) throws Fault {
    if (value == null) {
      throw new Fault(reason);
    }
    return value;
  }

  private static long contentHash(String type, Instant time, DataFields data) {
    ContentHash hash = new ContentHash().add(type).add(time.getEpochSecond()).add(time.getNano());
    hash.add(data.orderId == null ? "" : data.orderId);
    hash.add(data.currency == null ? "" : data.currency);
    hash.add(data.productId == null ? "" : data.productId).add(data.quantity);
    hash.add(data.buyer.id() == null ? "" : data.buyer.id());
    long set = data.attributesHash;
    if (data.card != null) {
      for (Map.Entry<String, @Nullable String> e : data.card.entrySet()) {
        set += ContentHash.pair(e.getKey(), e.getValue() == null ? "null" : e.getValue());
      }
    }
    hash.add(set);
    if (data.lines != null) {
      hash.add(data.lines.size());
      for (Line line : data.lines) {
        hash.add(line.productId()).add(line.quantity()).add(line.unitPrice());
      }
    }
    return hash.value();
  }
}
