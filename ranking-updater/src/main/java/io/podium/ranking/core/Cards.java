package io.podium.ranking.core;

import io.podium.card.Card;
import io.podium.listing.CodePointOrder;
import io.podium.ranking.board.Dimensions;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cards as they stand at one clock's T, and the values of the dimensions that they hold. */
final class Cards implements CardView {
  private final Products products;
  private @Nullable Card[] byProduct = new Card[64];

  /** Asked for every entry of every ranking: the few are looked up faster than all the cards. */
  private final Set<String> ineligible = new HashSet<>();

  private final Map<String, NavigableMap<String, Integer>> known = new HashMap<>();

  /**
   * @param dimensions card members that a board is cut by
   */
  Cards(Products products, Collection<String> dimensions) {
    this.products = products;
    dimensions.forEach(d -> known.put(d, new TreeMap<>(CodePointOrder.INSTANCE)));
  }

  @Nullable Card get(int product) {
    return product >= 0 && product < byProduct.length ? byProduct[product] : null;
  }

  @Override
  public @Nullable Card get(String productId) {
    return get(products.find(productId));
  }

  @Override
  public boolean isEligible(String productId) {
    return !ineligible.contains(productId);
  }

  /** Merges a change; returns whether anything changed. */
  boolean merge(int product, Card change) {
    if (product >= byProduct.length) {
      byProduct = Arrays.copyOf(byProduct, Math.max(product + 1, product * 2));
    }
    Card old = byProduct[product];
    Card now = old == null ? change : old.merge(change);
    if (now.equals(old)) {
      return false;
    }
    if (old == null) {
      products.retain(product);
    }
    byProduct[product] = now;
    if (now.isEligible()) {
      ineligible.remove(now.productId());
    } else {
      ineligible.add(now.productId());
    }
    known.forEach(
        (dimension, counts) -> {
          Dimensions.values(old, dimension)
              .forEach(v -> counts.computeIfPresent(v, (k, n) -> less(n)));
          Dimensions.values(now, dimension).forEach(v -> counts.merge(v, 1, Integer::sum));
        });
    return true;
  }

  private static @Nullable Integer less(int n) {
    return n == 1 ? null : n - 1;
  }

  /** Known values with the number of cards that have them, ascending. */
  NavigableMap<String, Integer> known(String dimension) {
    return known.getOrDefault(dimension, new TreeMap<>());
  }

  /** Products below this may have a card. */
  int end() {
    return Math.min(byProduct.length, products.end());
  }
}
