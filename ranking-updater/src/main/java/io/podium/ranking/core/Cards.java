package io.podium.ranking.core;

import io.podium.card.Card;
import io.podium.listing.CodePointOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The cards as they stand at one clock's T, and the values of the dimensions that they hold. */
final class Cards {
  static final String CATEGORY = "category";
  private static final int LONGEST_VALUE = 200;

  private final Products products;
  private @Nullable Card[] byProduct = new Card[64];
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

  @Nullable Card get(String productId) {
    return get(products.find(productId));
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
    known.forEach(
        (dimension, counts) -> {
          values(old, dimension).forEach(v -> counts.computeIfPresent(v, (k, n) -> less(n)));
          values(now, dimension).forEach(v -> counts.merge(v, 1, Integer::sum));
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

  /** The slices' values that a card belongs to: none, one, or a path with its ancestors. */
  static List<String> values(@Nullable Card card, String dimension) {
    String value = value(card, dimension);
    return value == null ? List.of() : expand(dimension, value);
  }

  /** The value, and for a category its ancestors before it. */
  static List<String> expand(String dimension, String value) {
    if (!dimension.equals(CATEGORY)) {
      return List.of(value);
    }
    List<String> path = new ArrayList<>();
    for (int i = value.indexOf('/'); i >= 0; i = value.indexOf('/', i + 1)) {
      if (i > 0) {
        path.add(value.substring(0, i));
      }
    }
    path.add(value);
    return path;
  }

  /** A string as it is, a number or a boolean as its JSON text, else none. */
  static @Nullable String value(@Nullable Card card, String dimension) {
    String json = card == null ? null : card.json(dimension);
    if (json == null || json.isEmpty()) {
      return null;
    }
    char first = json.charAt(0);
    if (first == '{' || first == '[' || json.equals("null")) {
      return null;
    }
    String value = first == '"' ? JsonText.unquote(json) : json;
    return value.isEmpty() || value.length() > LONGEST_VALUE ? null : value;
  }
}
