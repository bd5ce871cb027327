package io.podium.ranking.core;

import io.podium.listing.CodePointOrder;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Dimensions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The values of each dimension that are listed: of those with sales in the window, ascending, the
 * first {@code maxValues}. Nothing is scanned while no dimension has more known values than that.
 */
final class SaleValues {
  private final Board board;
  private final List<Cut> cuts;
  private final Cards cards;
  private final Profiles profiles;
  private final Set<String> dimensions = new LinkedHashSet<>();
  private Map<String, Set<String>> crowded = Map.of();

  SaleValues(Board board, List<Cut> cuts, Cards cards, Profiles profiles) {
    this.board = board;
    this.cuts = cuts;
    this.cards = cards;
    this.profiles = profiles;
    board.slices().forEach(dimensions::addAll);
  }

  /** Whether a dimension has more known values than are listed. Scans nothing. */
  boolean mayBeTooMany() {
    return dimensions.stream().anyMatch(d -> knownSize(d) > board.maxValues());
  }

  /** Looks again; returns whether the listed values changed. */
  boolean refresh() {
    Map<String, Set<String>> now = new HashMap<>();
    for (String dimension : dimensions) {
      if (knownSize(dimension) > board.maxValues()) {
        now.put(dimension, withSales(dimension));
      }
    }
    boolean changed = !now.equals(crowded);
    crowded = now;
    return changed;
  }

  /** As of the last refresh. */
  boolean lists(Slice slice) {
    return lists(slice, crowded);
  }

  static boolean lists(Slice slice, Map<String, Set<String>> crowded) {
    for (var value : slice.values().entrySet()) {
      Set<String> listed = crowded.get(value.getKey());
      if (listed != null && !listed.contains(value.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** The first values with sales, at most {@code maxValues}. */
  Set<String> withSales(String dimension) {
    TreeSet<String> found = new TreeSet<>(CodePointOrder.INSTANCE);
    for (Cut cut : cuts) {
      int card = cut.cardDimensions.indexOf(dimension);
      int buyer = cut.projection.dimensions.indexOf(dimension);
      SeriesTable series = cut.projection.series;
      for (int s = 0; card + buyer > -2 && s < series.end(); s++) {
        if (series.isLive(s) && (series.hi(s) | series.lo(s)) != 0) {
          for (Cut.Combo combo : cut.combosOf(series.product(s))) {
            List<String> values =
                card >= 0 ? combo.values : cut.projection.tupleValues(series.tuple(s));
            addBounded(found, values.get(Math.max(card, buyer)));
          }
        }
      }
    }
    return found;
  }

  private void addBounded(NavigableSet<String> found, String value) {
    if (found.add(value) && found.size() > board.maxValues()) {
      found.pollLast();
    }
  }

  /** The known values per dimension, ascending: those that are listed, then others. */
  Map<String, List<String>> known() {
    Map<String, List<String>> all = new HashMap<>();
    for (String dimension : dimensions) {
      TreeSet<String> values = new TreeSet<>(CodePointOrder.INSTANCE);
      Set<String> listed = crowded.get(dimension);
      if (listed != null) {
        values.addAll(listed);
      }
      for (String value : knownValues(dimension)) {
        if (values.size() >= board.maxValues()) {
          break;
        }
        values.add(value);
      }
      all.put(dimension, new ArrayList<>(values));
    }
    return all;
  }

  private int knownSize(String dimension) {
    return Dimensions.isOfBuyer(dimension)
        ? profiles.known(dimension).size()
        : cards.known(dimension).size();
  }

  private Iterable<String> knownValues(String dimension) {
    return Dimensions.isOfBuyer(dimension)
        ? profiles.known(dimension)
        : cards.known(dimension).keySet();
  }
}
