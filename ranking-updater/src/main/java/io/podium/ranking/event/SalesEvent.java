package io.podium.ranking.event;

import io.podium.card.Card;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened in the shop, decoded and free of business faults. Immutable. Names come
 * with their {@link Key}, made once where their bytes are at hand; the shorter constructors make it
 * themselves.
 */
public sealed interface SalesEvent {
  Meta meta();

  /**
   * @param contentHash 64-bit hash of the event's canonical content: tells a repeat from a conflict
   * @param keyHi of source, then id
   * @param keyLo of source, then id
   */
  record Meta(
      String source,
      String id,
      String type,
      Instant time,
      long contentHash,
      long keyHi,
      long keyLo) {
    public Meta(String source, String id, String type, Instant time, long contentHash) {
      this(source, id, type, time, contentHash, new Key().start().add(source).add(id));
    }

    Meta(String source, String id, String type, Instant time, long contentHash, Key key) {
      this(source, id, type, time, contentHash, key.hi, key.lo);
    }
  }

  /**
   * @param id null: unknown buyer, no cap
   * @param attributes string members of the event's buyer, without {@code id}
   * @param keyHi of the id; 0 without one, as is the other half
   */
  record Buyer(@Nullable String id, Map<String, String> attributes, long keyHi, long keyLo) {
    public static final Buyer UNKNOWN = new Buyer(null, Map.of());

    public Buyer(@Nullable String id, Map<String, String> attributes) {
      this(id, attributes, id == null ? new Key() : new Key().start().add(id));
    }

    Buyer(@Nullable String id, Map<String, String> attributes, Key key) {
      this(id, attributes, key.hi, key.lo);
    }
  }

  /**
   * @param quantity 1 to 10^9
   * @param unitPrice 0 to 10^9, minor units; 0 where a cancellation has none
   */
  record Line(String productId, long quantity, long unitPrice, long keyHi, long keyLo) {
    public Line(String productId, long quantity, long unitPrice) {
      this(productId, quantity, unitPrice, new Key().start().add(productId));
    }

    Line(String productId, long quantity, long unitPrice, Key key) {
      this(productId, quantity, unitPrice, key.hi, key.lo);
    }
  }

  /**
   * @param currency ISO 4217, or null: the board's
   */
  record OrderPlaced(
      Meta meta,
      String orderId,
      @Nullable String currency,
      Buyer buyer,
      List<Line> lines,
      long keyHi,
      long keyLo)
      implements SalesEvent {
    public OrderPlaced(
        Meta meta, String orderId, @Nullable String currency, Buyer buyer, List<Line> lines) {
      this(meta, orderId, currency, buyer, lines, new Key().start().add(orderId));
    }

    OrderPlaced(
        Meta meta,
        String orderId,
        @Nullable String currency,
        Buyer buyer,
        List<Line> lines,
        Key key) {
      this(meta, orderId, currency, buyer, lines, key.hi, key.lo);
    }
  }

  /**
   * @param orderId null: subtracts from its own step
   * @param lines null: the whole order
   */
  record OrderCancelled(
      Meta meta,
      @Nullable String orderId,
      @Nullable String currency,
      Buyer buyer,
      @Nullable List<Line> lines)
      implements SalesEvent {}

  /** A view, a cart, or any other type of which a product is told. */
  record Signal(Meta meta, String productId, long quantity, Buyer buyer, long keyHi, long keyLo)
      implements SalesEvent {
    public Signal(Meta meta, String productId, long quantity, Buyer buyer) {
      this(meta, productId, quantity, buyer, new Key().start().add(productId));
    }

    Signal(Meta meta, String productId, long quantity, Buyer buyer, Key key) {
      this(meta, productId, quantity, buyer, key.hi, key.lo);
    }
  }

  /** {@code product.upserted}, {@code .patched} or {@code .removed}, as a change to merge. */
  record CardChange(Meta meta, Card change) implements SalesEvent {}
}
