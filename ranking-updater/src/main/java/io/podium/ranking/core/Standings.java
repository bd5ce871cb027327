package io.podium.ranking.core;

import io.podium.card.Card;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of every listing of one board. Counting only notes which series changed; here each
 * is offered to the listings that its product belongs to, before anything is ranked.
 */
final class Standings {
  private static final char GROUP = 'g';
  private static final String PRODUCT = "p";

  final List<Cut> cuts = new ArrayList<>();
  private final Counting counting;
  private final Cards cards;
  private final Products products;
  private final Groups groups;
  private final List<Place> touched = new ArrayList<>();
  private final List<Place> thin = new ArrayList<>();
  private final GroupScore score = new GroupScore();

  /** The sum of a unit's products in one listing, and which of them is shown. */
  private static final class GroupScore {
    final Wide sum = new Wide();
    int shown;
    boolean shownEligible;
    long shownHi;
    long shownLo;
  }

  Standings(Board board, Counting counting, Cards cards, Stores stores) {
    this.counting = counting;
    this.cards = cards;
    this.products = stores.products;
    this.groups = new Groups(board.rankBy());
    for (int i = 0; i < board.slices().size(); i++) {
      List<String> buyer = Counting.buyerDimensions(board.slices().get(i), stores);
      Projection projection = counting.projection(buyer);
      if (projection == null) {
        throw new IllegalStateException("no projection for " + buyer);
      }
      cuts.add(new Cut(board, i, projection, products));
    }
  }

  /** Offers what changed since the last call; afterwards every listing's best are exact. */
  void settle() {
    boolean all = counting.rescore();
    for (Projection projection : counting.projections) {
      if (!all) {
        offerChanged(projection);
      }
      projection.series.settled();
    }
    if (all) {
      thin.clear();
      cuts.forEach(cut -> cut.forEach(thin::add));
      cuts.forEach(cut -> offerAll(cut, true));
    } else if (!thin.isEmpty()) {
      cuts.forEach(cut -> offerAll(cut, false));
    }
    if (all || !thin.isEmpty()) {
      counting.projections.forEach(this::quietenAll);
    }
    thin.clear();
  }

  private void quietenAll(Projection projection) {
    for (int s = 0; s < projection.series.end(); s++) {
      if (projection.series.isLive(s)) {
        quieten(projection, s);
      }
    }
  }

  private void offerChanged(Projection projection) {
    IntList changed = projection.series.changed();
    for (int i = 0; i < changed.size(); i++) {
      int product = projection.series.product(changed.get(i));
      int tuple = projection.series.tuple(changed.get(i));
      int unit = groups.unit(product);
      for (Cut cut : cuts) {
        if (cut.projection == projection) {
          for (Cut.Combo combo : cut.combosOf(product)) {
            offer(cut, combo, tuple, unit);
          }
        }
      }
      quieten(projection, changed.get(i));
    }
  }

  /**
   * A total below the floors of all its listings is in none of them, and need not be told while it
   * stays there. Floors only rise, except where all units are offered again: {@link #offerAll}
   * takes the mark away before. Members of a group add up, so each of them is told.
   */
  private void quieten(Projection projection, int s) {
    long below = groups.areNever() ? Long.MAX_VALUE : 0;
    for (int i = 0; i < cuts.size() && below > 0; i++) {
      Cut cut = cuts.get(i);
      if (cut.projection == projection) {
        for (Cut.Combo combo : cut.combosOf(projection.series.product(s))) {
          Place place = cut.find(combo, projection.series.tuple(s));
          below = place == null ? 0 : Math.min(below, place.candidates.floor());
        }
      }
    }
    projection.series.quietBelow(s, below);
  }

  /**
   * Fills thin listings from all series of their cut, in one pass for all of them.
   *
   * @param opens whether listings that do not exist yet may have to
   */
  private void offerAll(Cut cut, boolean opens) {
    boolean any = opens;
    for (Place place : thin) {
      if (place.cut == cut) {
        place.candidates.reset();
        touch(place);
        place.filling = true;
        any = true;
      }
    }
    if (!any) {
      return;
    }
    SeriesTable series = cut.projection.series;
    for (int s = 0; s < series.end(); s++) {
      series.quietBelow(s, 0);
      if (series.isLive(s) && Wide.isPositive(series.hi(s), series.lo(s))) {
        int product = series.product(s);
        for (Cut.Combo combo : cut.combosOf(product)) {
          Place place = combo.byTuple.get(series.tuple(s));
          if (opens || (place != null && place.filling)) {
            offer(cut, combo, series.tuple(s), groups.unit(product));
          }
        }
      }
    }
    cut.forEach(place -> place.filling = false);
  }

  /** Ranks one unit again in one listing. */
  private void offer(Cut cut, Cut.Combo combo, int tuple, int unit) {
    sum(cut, combo, tuple, unit);
    boolean listed = score.sum.isPositive();
    Place place = listed ? cut.open(combo, tuple) : cut.find(combo, tuple);
    if (place == null) {
      return;
    }
    boolean changed =
        listed
            ? place.candidates.offer(unit, score.shown, score.sum.hi, score.sum.lo)
            : place.candidates.remove(unit);
    if (changed) {
      touch(place);
      if (place.candidates.isThin() && !place.filling) {
        place.filling = true;
        thin.add(place);
      }
    }
  }

  private void sum(Cut cut, Cut.Combo combo, int tuple, int unit) {
    score.sum.set(0);
    score.shown = -1;
    SeriesTable series = cut.projection.series;
    if (unit >= 0) {
      boolean here = groups.unit(unit) == unit && cut.holds(combo, unit);
      int s = here ? series.find(unit, tuple) : -1;
      if (s >= 0) {
        score.shown = unit;
        score.sum.set(series.hi(s), series.lo(s));
      }
      return;
    }
    IntList members = groups.products(unit);
    for (int i = 0; i < members.size(); i++) {
      int product = members.get(i);
      int s = cut.holds(combo, product) ? series.find(product, tuple) : -1;
      if (s >= 0 && (series.hi(s) | series.lo(s)) != 0) {
        addMember(product, series.hi(s), series.lo(s));
      }
    }
  }

  /** Shown is an eligible one before all, then the one that sells most, then the first by id. */
  private void addMember(int product, long hi, long lo) {
    score.sum.add(hi, lo);
    Card card = cards.get(product);
    boolean eligible = card == null || card.isEligible();
    int better = score.shown < 0 ? 1 : Boolean.compare(eligible, score.shownEligible);
    if (better == 0) {
      better = Wide.compare(hi, lo, score.shownHi, score.shownLo);
    }
    if (better == 0) {
      better = products.compare(score.shown, product);
    }
    if (better > 0) {
      score.shown = product;
      score.shownEligible = eligible;
      score.shownHi = hi;
      score.shownLo = lo;
    }
  }

  /** What the product adds to a slice by itself; 0 where it does not belong. */
  BigInteger score(Slice slice, int product) {
    Cut cut = cut(slice.values().keySet());
    Cut.Combo combo = cut == null ? null : cut.combo(slice);
    int tuple = cut == null ? -1 : cut.tuple(slice);
    boolean here = cut != null && combo != null && tuple >= 0 && cut.holds(combo, product);
    SeriesTable series = cut == null ? null : cut.projection.series;
    int s = here && series != null ? series.find(product, tuple) : -1;
    return s < 0 || series == null
        ? BigInteger.ZERO
        : Wide.toBigInteger(series.hi(s), series.lo(s));
  }

  /** As which product the product's unit is shown in a slice; null when it does not sell there. */
  @Nullable String shownAs(Slice slice, int product) {
    Cut cut = cut(slice.values().keySet());
    Cut.Combo combo = cut == null ? null : cut.combo(slice);
    int tuple = cut == null ? -1 : cut.tuple(slice);
    if (cut == null || combo == null || tuple < 0) {
      return null;
    }
    sum(cut, combo, tuple, groups.unit(product));
    return score.sum.isPositive() ? products.name(score.shown) : null;
  }

  /** All units of a slice with a sum above 0 here, best first. A full pass: for merging only. */
  List<PartialSum> partialSums(Slice slice) {
    Cut cut = cut(slice.values().keySet());
    Cut.Combo combo = cut == null ? null : cut.combo(slice);
    int tuple = cut == null ? -1 : cut.tuple(slice);
    List<PartialSum> sums = new ArrayList<>();
    if (cut != null && combo != null && tuple >= 0) {
      Set<Integer> units = new HashSet<>();
      SeriesTable series = cut.projection.series;
      for (int s = 0; s < series.end(); s++) {
        if (series.isLive(s) && series.tuple(s) == tuple && cut.holds(combo, series.product(s))) {
          units.add(groups.unit(series.product(s)));
        }
      }
      units.forEach(unit -> addPartial(sums, cut, combo, tuple, unit));
    }
    sums.removeIf(p -> p.sum().signum() <= 0);
    sums.sort(Comparator.comparing(PartialSum::sum).reversed());
    return sums;
  }

  /**
   * One unit of a slice, as named by {@link PartialSum#unit}; null when nothing of it sells here.
   */
  @Nullable PartialSum partialSum(Slice slice, String name) {
    Cut cut = cut(slice.values().keySet());
    Cut.Combo combo = cut == null ? null : cut.combo(slice);
    int tuple = cut == null ? -1 : cut.tuple(slice);
    Integer unit =
        name.charAt(0) == GROUP ? groups.unitOf(name.substring(1)) : own(name.substring(1));
    List<PartialSum> sums = new ArrayList<>();
    if (cut != null && combo != null && tuple >= 0 && unit != null) {
      addPartial(sums, cut, combo, tuple, unit);
    }
    return sums.isEmpty() ? null : sums.get(0);
  }

  private @Nullable Integer own(String productId) {
    int product = products.find(productId);
    return product >= 0 && groups.unit(product) == product ? product : null;
  }

  private void addPartial(List<PartialSum> sums, Cut cut, Cut.Combo combo, int tuple, int unit) {
    sum(cut, combo, tuple, unit);
    if (score.shown < 0) {
      return;
    }
    String key = groups.key(unit);
    String shown = products.name(score.shown);
    int s = cut.projection.series.find(score.shown, tuple);
    Card card = cards.get(score.shown);
    sums.add(
        new PartialSum(
            key == null ? PRODUCT + shown : GROUP + key,
            Wide.toBigInteger(score.sum.hi, score.sum.lo),
            shown,
            card == null || card.isEligible(),
            Wide.toBigInteger(cut.projection.series.hi(s), cut.projection.series.lo(s))));
  }

  /** A card has changed: its product may move between listings, and groups. */
  void cardChanged(int product, Card card) {
    List<Move> before = moves(product);
    int oldUnit = groups.unit(product);
    groups.cardChanged(product, card);
    int unit = groups.unit(product);
    cuts.forEach(cut -> cut.cardChanged(product, card));
    listen(product);
    for (Move m : before) {
      offer(m.cut, m.combo, m.tuple, oldUnit);
    }
    for (Move m : unit == oldUnit ? moves(product) : union(before, moves(product))) {
      offer(m.cut, m.combo, m.tuple, unit);
      Place place = m.cut.find(m.combo, m.tuple);
      if (place != null && place.candidates.contains(unit)) {
        touch(place);
      }
    }
  }

  /** Its listings have other floors. */
  private void listen(int product) {
    for (Projection projection : counting.projections) {
      SeriesTable series = projection.series;
      for (int s = series.firstOfProduct(product); s >= 0; s = series.nextOfProduct(s)) {
        series.quietBelow(s, 0);
      }
    }
  }

  private record Move(Cut cut, Cut.Combo combo, int tuple) {}

  private static List<Move> union(List<Move> a, List<Move> b) {
    List<Move> both = new ArrayList<>(a);
    both.addAll(b);
    return both;
  }

  /** Where the product counts now. */
  private List<Move> moves(int product) {
    List<Move> moves = new ArrayList<>();
    for (Cut cut : cuts) {
      SeriesTable series = cut.projection.series;
      for (int s = series.firstOfProduct(product); s >= 0; s = series.nextOfProduct(s)) {
        for (Cut.Combo combo : cut.combosOf(product)) {
          moves.add(new Move(cut, combo, series.tuple(s)));
        }
      }
    }
    return moves;
  }

  /** Forgets the buyer values that nothing has any more. */
  void forgetUnusedTuples() {
    for (Projection projection : counting.projections) {
      BitSet listed = new BitSet();
      for (Cut cut : cuts) {
        if (cut.projection == projection) {
          cut.forEach(place -> listed.set(place.tuple));
        }
      }
      projection.forgetUnusedTuples(listed);
    }
  }

  void touch(Place place) {
    if (!place.touched) {
      place.touched = true;
      touched.add(place);
    }
  }

  void touchAll() {
    cuts.forEach(cut -> cut.forEach(this::touch));
  }

  /** Listings whose candidates changed; the caller clears {@code touched} of each. */
  List<Place> takeTouched() {
    List<Place> taken = List.copyOf(touched);
    touched.clear();
    return taken;
  }

  boolean hasTouched() {
    return !touched.isEmpty();
  }

  Groups groups() {
    return groups;
  }

  @Nullable Cut cut(Set<String> dimensions) {
    for (Cut cut : cuts) {
      if (cut.dimensions.size() == dimensions.size() && dimensions.containsAll(cut.dimensions)) {
        return cut;
      }
    }
    return null;
  }
}
