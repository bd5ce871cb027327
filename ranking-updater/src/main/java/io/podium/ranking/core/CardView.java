package io.podium.ranking.core;

import io.podium.card.Card;
import org.jspecify.annotations.Nullable;

/** The cards as they stand at one T. */
@FunctionalInterface
interface CardView {
  /** Null: nothing is known of the product. */
  @Nullable Card get(String productId);

  /** Whether the product may be shown (DESIGN 4.2, Eligibility). */
  default boolean isEligible(String productId) {
    Card card = get(productId);
    return card == null || card.isEligible();
  }
}
