package io.podium.ranking.core;

import io.podium.card.Card;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Dimensions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One cut of a board ({@code [category, buyer.ageGroup]}): which products belong to which values of
 * its card dimensions, and the listings that exist. Products with the same card values share one
 * membership.
 */
final class Cut {
  final int index;
  final List<String> dimensions;
  final List<String> cardDimensions;
  final Projection projection;
  private final Board board;
  private final Products products;
  private final Map<List<String>, Membership> memberships = new HashMap<>();
  private final Map<List<String>, Combo> combos = new LinkedHashMap<>();
  private @Nullable Membership[] byProduct = new Membership[0];
  private final @Nullable Membership everything;

  /** The values of the card dimensions of some listings. */
  static final class Combo {
    final List<String> values;
    final Map<Integer, Place> byTuple = new HashMap<>();
    int holders;

    Combo(List<String> values) {
      this.values = values;
    }
  }

  /** The combos of products with the same card values. */
  private static final class Membership {
    final List<String> values;
    final Combo[] combos;
    int holders;

    Membership(List<String> values, Combo[] combos) {
      this.values = values;
      this.combos = combos;
    }
  }

  private static final Combo[] NO_COMBOS = {};

  Cut(Board board, int index, Projection projection, Products products) {
    this.board = board;
    this.index = index;
    this.dimensions = board.slices().get(index);
    this.projection = projection;
    this.products = products;
    this.cardDimensions = dimensions.stream().filter(d -> !Dimensions.isOfBuyer(d)).toList();
    this.everything = cardDimensions.isEmpty() ? membership(List.of()) : null;
  }

  /** Where the product belongs; nowhere if its card lacks a dimension. */
  Combo[] combosOf(int product) {
    if (everything != null) {
      return everything.combos;
    }
    Membership m = product < byProduct.length ? byProduct[product] : null;
    return m == null ? NO_COMBOS : m.combos;
  }

  boolean holds(Combo combo, int product) {
    for (Combo own : combosOf(product)) {
      if (own == combo) {
        return true;
      }
    }
    return false;
  }

  /** Reads the product's values anew; where it belonged before must be ranked again first. */
  void cardChanged(int product, Card card) {
    if (everything != null) {
      return;
    }
    List<String> values = values(card);
    Membership old = product < byProduct.length ? byProduct[product] : null;
    if (old == null ? values.isEmpty() : old.values.equals(values)) {
      return;
    }
    if (product >= byProduct.length) {
      byProduct = Arrays.copyOf(byProduct, Math.max(64, product * 2));
    }
    byProduct[product] = values.isEmpty() ? null : membership(values);
    if (old != null && --old.holders == 0) {
      memberships.remove(old.values);
      for (Combo c : old.combos) {
        c.holders--;
        forgetUnused(c);
      }
    }
  }

  private List<String> values(Card card) {
    List<String> values = new ArrayList<>();
    for (String dimension : cardDimensions) {
      List<String> own = Dimensions.values(card, dimension);
      if (own.isEmpty()) {
        return List.of();
      }
      values.add(own.get(own.size() - 1));
    }
    return values;
  }

  private Membership membership(List<String> values) {
    Membership m = memberships.computeIfAbsent(values, this::expand);
    m.holders++;
    return m;
  }

  private Membership expand(List<String> values) {
    List<List<String>> expanded = List.of(List.of());
    for (int i = 0; i < values.size(); i++) {
      List<List<String>> longer = new ArrayList<>();
      for (List<String> prefix : expanded) {
        for (String value : withAncestors(cardDimensions.get(i), values.get(i))) {
          List<String> one = new ArrayList<>(prefix);
          one.add(value);
          longer.add(one);
        }
      }
      expanded = longer;
    }
    Combo[] own =
        expanded.stream().map(v -> combos.computeIfAbsent(v, Combo::new)).toArray(Combo[]::new);
    for (Combo c : own) {
      c.holders++;
    }
    return new Membership(values, own);
  }

  private static List<String> withAncestors(String dimension, String value) {
    return dimension.equals(Dimensions.CATEGORY) ? Dimensions.path(value) : List.of(value);
  }

  @Nullable Place find(Combo combo, int tuple) {
    return combo.byTuple.get(tuple);
  }

  @Nullable Combo combo(Slice slice) {
    return combos.get(pick(slice, cardDimensions));
  }

  /** -1 when no buyer had the slice's values. */
  int tuple(Slice slice) {
    return projection.findTuple(pick(slice, projection.dimensions));
  }

  /** The listing of a slice of this cut, if it exists. */
  @Nullable Place find(Slice slice) {
    Combo combo = combo(slice);
    int tuple = tuple(slice);
    return combo == null || tuple < 0 ? null : combo.byTuple.get(tuple);
  }

  Place open(Combo combo, int tuple) {
    Place known = combo.byTuple.get(tuple);
    if (known != null) {
      return known;
    }
    Place place =
        new Place(
            this,
            combo,
            tuple,
            new ListingKey(board.name(), slice(combo, tuple)),
            new Candidates(products, 2 * board.size()));
    combo.byTuple.put(tuple, place);
    return place;
  }

  /** Finds or makes the listing of a slice that was returned before a restart. */
  Place reopen(Slice slice) {
    Combo combo = combos.computeIfAbsent(pick(slice, cardDimensions), Combo::new);
    return open(combo, projection.restoreTuple(pick(slice, projection.dimensions)));
  }

  private static List<String> pick(Slice slice, List<String> dimensions) {
    return dimensions.stream().map(d -> slice.values().getOrDefault(d, "")).toList();
  }

  void forget(Place place) {
    place.combo.byTuple.remove(place.tuple);
    forgetUnused(place.combo);
  }

  private void forgetUnused(Combo combo) {
    if (combo.holders == 0 && combo.byTuple.isEmpty()) {
      combos.remove(combo.values);
    }
  }

  private Slice slice(Combo combo, int tuple) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < cardDimensions.size(); i++) {
      values.put(cardDimensions.get(i), combo.values.get(i));
    }
    List<String> buyer = projection.tupleValues(tuple);
    for (int i = 0; i < buyer.size(); i++) {
      values.put(projection.dimensions.get(i), buyer.get(i));
    }
    return Slice.of(values);
  }

  void forEach(Consumer<Place> action) {
    for (Combo combo : combos.values()) {
      combo.byTuple.values().forEach(action);
    }
  }
}
