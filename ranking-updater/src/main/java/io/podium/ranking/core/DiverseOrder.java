package io.podium.ranking.core;

import io.podium.ranking.board.Board.Diversity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Greedy choice under a limit of equal values among neighbours: at each place the first product
 * that fits, or the first left if none does. One instance per listing.
 */
final class DiverseOrder {
  private final List<String> products;
  private final List<@Nullable String> values;
  private final Diversity rule;
  private final boolean[] taken;
  private final List<Integer> chosen = new ArrayList<>();
  private final Map<String, Integer> inSight = new HashMap<>();

  /**
   * @param values per product the member's JSON text; null: exempt
   */
  DiverseOrder(List<String> products, List<@Nullable String> values, Diversity rule) {
    this.products = products;
    this.values = values;
    this.rule = rule;
    this.taken = new boolean[products.size()];
  }

  List<String> take(int most) {
    List<String> order = new ArrayList<>();
    while (order.size() < Math.min(most, products.size())) {
      int next = firstThatFits();
      taken[next] = true;
      chosen.add(next);
      count(values.get(next), 1);
      // The next entry is seen together with the within - 1 entries before it.
      int leaves = chosen.size() - rule.within();
      if (leaves >= 0) {
        count(values.get(chosen.get(leaves)), -1);
      }
      order.add(products.get(next));
    }
    return order;
  }

  private int firstThatFits() {
    int firstLeft = -1;
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        if (fits(values.get(i))) {
          return i;
        }
        firstLeft = firstLeft < 0 ? i : firstLeft;
      }
    }
    return firstLeft;
  }

  private boolean fits(@Nullable String value) {
    return value == null || inSight.getOrDefault(value, 0) < rule.limit();
  }

  private void count(@Nullable String value, int by) {
    if (value != null) {
      inSight.merge(value, by, Integer::sum);
    }
  }
}
