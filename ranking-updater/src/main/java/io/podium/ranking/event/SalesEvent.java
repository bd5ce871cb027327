package io.podium.ranking.event;

import io.podium.card.Card;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that happened in the shop, decoded and free of business faults. Immutable. */
public sealed interface SalesEvent {
  Meta meta();

  /**
   * @param contentHash 64-bit hash of the event's canonical content: tells a repeat from a conflict
   */
  record Meta(String source, String id, String type, Instant time, long contentHash) {}

  /**
   * @param id null: unknown buyer, no cap
   * @param attributes string members of the event's buyer, without {@code id}
   */
  record Buyer(@Nullable String id, Map<String, String> attributes) {
    public static final Buyer UNKNOWN = new Buyer(null, Map.of());
  }

  /**
   * @param quantity 1 to 10^9
   * @param unitPrice 0 to 10^9, minor units; 0 where a cancellation has none
   */
  record Line(String productId, long quantity, long unitPrice) {}

  /**
   * @param currency ISO 4217, or null: the board's
   */
  record OrderPlaced(
      Meta meta, String orderId, @Nullable String currency, Buyer buyer, List<Line> lines)
      implements SalesEvent {}

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
  record Signal(Meta meta, String productId, long quantity, Buyer buyer) implements SalesEvent {}

  /** {@code product.upserted}, {@code .patched} or {@code .removed}, as a change to merge. */
  record CardChange(Meta meta, Card change) implements SalesEvent {}
}
