package io.podium.ranking.core;

import io.podium.listing.Slice;
import io.podium.ranking.board.Dimensions;
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

  /** By product: its place in the groups' counts; 0: nobody asks for it. */
  private int[] places = {};

  private int lastPlace;

  /** Those who bought: the buyer's part of a slice. */
  private final class Group {
    private final Map<String, String> buyers;
    private final byte[] member = new byte[stores.profiles.size()];
    private @Nullable UnitCounts[] counts = new UnitCounts[64];

    Group(Map<String, String> buyers) {
      this.buyers = buyers;
    }

    UnitCounts of(int place) {
      if (place >= counts.length) {
        counts = Arrays.copyOf(counts, place * 2);
      }
      UnitCounts known = counts[place];
      UnitCounts own = known == null ? new UnitCounts() : known;
      counts[place] = own;
      return own;
    }

    void count(Order order) {
      for (int line = 0; line < order.lines(); line = order.runEnd(line)) {
        int product = order.product(line);
        int place = product < places.length ? places[product] : 0;
        UnitCounts own = place < counts.length ? counts[place] : null;
        if (own != null) {
          own.add(board.counting, order, line);
        }
      }
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
    if (product >= places.length) {
      places = Arrays.copyOf(places, stores.products.end());
    }
    if (places[product] == 0) {
      places[product] = ++lastPlace;
    }
    return groups.computeIfAbsent(buyers(slice), Group::new).of(places[product]);
  }

  private static Map<String, String> buyers(Slice slice) {
    Map<String, String> buyers = new HashMap<>(slice.values());
    buyers.keySet().removeIf(d -> !Dimensions.isOfBuyer(d));
    return buyers;
  }

  void run() {
    Group[] all = groups.values().toArray(Group[]::new);
    Order order = new Order();
    stores.book.forEachPlacementOf(
        product -> product < places.length && places[product] > 0,
        placement -> {
          stores.book.view(placement, order);
          if (board.counting.counts(order)) {
            for (Group group : all) {
              if (group.has(order.profile())) {
                group.count(order);
              }
            }
          }
        });
  }
}
