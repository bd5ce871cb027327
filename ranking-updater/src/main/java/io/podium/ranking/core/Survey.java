package io.podium.ranking.core;

import io.podium.listing.Slice;
import io.podium.ranking.board.Dimensions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the units of products of one board in one pass over all remembered orders, however many
 * listings ask: slices that differ by the product's own dimensions share their counts, as only the
 * buyer's values decide which orders are of a slice.
 */
final class Survey {
  private final BoardRanking board;
  private final Stores stores;
  private final Map<Map<String, String>, Group> groups = new HashMap<>();
  private boolean[] asked = {};

  /** Those who bought: the buyer's part of a slice. */
  private final class Group {
    final Map<String, String> buyers;
    final Map<Integer, UnitCounts> counts = new HashMap<>();
    private final byte[] member = new byte[stores.profiles.size()];

    Group(Map<String, String> buyers) {
      this.buyers = buyers;
    }

    /** Remembered per profile: 0 not known yet, 1 in, 2 out. */
    boolean has(int profile) {
      if (member[profile] == 0) {
        member[profile] = (byte) (isOf(profile) ? 1 : 2);
      }
      return member[profile] == 1;
    }

    private boolean isOf(int profile) {
      List<String> values = stores.profiles.values(profile);
      return buyers.entrySet().stream()
          .allMatch(
              cut -> {
                int i = stores.profiles.dimensions.indexOf(cut.getKey());
                return i < 0 || values.get(i).equals(cut.getValue());
              });
    }
  }

  Survey(BoardRanking board, Stores stores) {
    this.board = board;
    this.stores = stores;
  }

  /** What is to be counted; it is when {@link #run} has returned. */
  UnitCounts of(Slice slice, String productId) {
    int product = stores.products.find(productId);
    if (product < 0) {
      return new UnitCounts();
    }
    if (product >= asked.length) {
      asked = Arrays.copyOf(asked, Math.max(product + 1, stores.products.end()));
    }
    asked[product] = true;
    return groups
        .computeIfAbsent(buyers(slice), Group::new)
        .counts
        .computeIfAbsent(product, p -> new UnitCounts());
  }

  private static Map<String, String> buyers(Slice slice) {
    Map<String, String> buyers = new HashMap<>(slice.values());
    buyers.keySet().removeIf(d -> !Dimensions.isOfBuyer(d));
    return buyers;
  }

  void run() {
    List<Group> all = new ArrayList<>(groups.values());
    Order order = new Order();
    stores.book.forEachPlacementOf(
        product -> product < asked.length && asked[product],
        placement -> {
          stores.book.view(placement, order);
          if (board.counting.counts(order)) {
            all.stream().filter(g -> g.has(order.profile())).forEach(g -> count(g, order));
          }
        });
  }

  private void count(Group group, Order order) {
    for (int line = 0; line < order.lines(); line = order.runEnd(line)) {
      @Nullable UnitCounts counts = group.counts.get(order.product(line));
      if (counts != null) {
        counts.add(board.counting, order, line);
      }
    }
  }
}
