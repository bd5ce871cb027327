package io.podium.ranking.core;

import io.podium.listing.CodePointOrder;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Dimensions;
import io.podium.ranking.board.Rule;
import io.podium.ranking.core.Ranked.Organic;
import io.podium.ranking.event.Key;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One board: what it counts, where its products stand, and what was returned of its listings. */
final class BoardRanking {
  static final Comparator<Slice> SLICE_ORDER =
      Comparator.<Slice, List<String>>comparing(
              s -> List.copyOf(s.values().values()), BoardRanking::compare)
          .thenComparing(s -> List.copyOf(s.values().keySet()), BoardRanking::compare);

  private static final Comparator<Place> ORDER =
      Comparator.<Place>comparingInt(p -> p.cut.index)
          .thenComparing(p -> p.key.slice(), SLICE_ORDER);

  /** What others show in their place is looked at before them: see {@link Content#shows}. */
  private static final Comparator<Place> WIDER_FIRST =
      Comparator.<Place, Boolean>comparing(p -> p.cut.dimensions.contains(Dimensions.CATEGORY))
          .thenComparing(ORDER);

  final Board board;
  final Counting counting;
  final Standings standings;
  private final Cards cards;
  private final Products products;
  private final SaleValues values;
  private final Set<Place> borrowing = new LinkedHashSet<>();
  private final Deque<Place> coming = new ArrayDeque<>();
  private List<Rule> rules = List.of();
  private Set<String> ruled = Set.of();
  private List<Rule> valid = List.of();
  private final Key content = new Key();
  private final ListingHash hash;

  BoardRanking(Board board, Stores stores, Currencies currencies, Cards cards) {
    this.board = board;
    this.cards = cards;
    this.products = stores.products;
    this.hash = new ListingHash(board);
    this.counting = new Counting(board, stores, currencies);
    this.standings = new Standings(board, counting, cards, stores);
    this.values = new SaleValues(board, standings.cuts, cards, stores.profiles);
    if (board.guard() != null && board.rankBy() == null) {
      counting.projections.forEach(Projection::noteRolled);
    }
  }

  private static int compare(List<String> a, List<String> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int c = CodePointOrder.compare(a.get(i), b.get(i));
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  void rules(List<Rule> all) {
    rules = all.stream().filter(r -> r.board().equals(board.name())).toList();
    ruled = new HashSet<>();
    rules.forEach(r -> ruled.add(r.productId()));
    standings.touchAll();
  }

  void cardChanged(int product, io.podium.card.Card card) {
    standings.cardChanged(product, card);
    if (ruled.contains(products.name(product))) {
      standings.touchAll();
    }
  }

  @Nullable Instant t() {
    return counting.horizon.t() == Nanos.NONE ? null : Nanos.instant(counting.horizon.t());
  }

  /** Everything is ranked up to date with T. */
  private Instant settle() {
    standings.settle();
    Instant t =
        counting.horizon.t() == Nanos.NONE ? Instant.EPOCH : Nanos.instant(counting.horizon.t());
    List<Rule> now = rules.stream().filter(r -> r.isValidAt(t)).toList();
    if (!now.equals(valid)) {
      valid = now;
      standings.touchAll();
    }
    if (values.refresh()) {
      standings.touchAll();
    }
    return t;
  }

  /**
   * Looks at most at so many of the listings that were touched when this ranking of the board
   * began. What left the window is noted for all of a board at once, and which of too many values
   * are listed is looked up in one pass over all that sells: such boards have no parts.
   */
  List<Ranked> rankChanged(int most) {
    boolean begins = coming.isEmpty();
    if (begins) {
      counting.prepareRescoring();
    }
    Instant t = settle();
    Map<Projection, Map<Integer, Map<String, BigInteger>>> rolled = Map.of();
    if (begins) {
      rolled = takeRolled();
      begin();
    }
    int left = rolled.isEmpty() && !values.mayBeTooMany() ? most : Integer.MAX_VALUE;
    Assembly assembly = assembly(t);
    List<Ranked> changed = new ArrayList<>();
    for (; left > 0 && !coming.isEmpty(); left--) {
      Place place = coming.remove();
      place.touched = false;
      Content now = assembly.of(place.key.slice());
      if (isNew(place, now)) {
        changed.add(
            now.at(board, hash, place.key.slice(), t, at())
                .withRolled(rolledOf(rolled.get(place.cut.projection), place.tuple)));
      }
      if (place.isForgettable()) {
        place.cut.forget(place);
      }
    }
    return changed;
  }

  private void begin() {
    if (standings.hasTouched()) {
      borrowing.forEach(standings::touch);
      List<Place> touched = new ArrayList<>(standings.takeTouched());
      touched.sort(WIDER_FIRST);
      coming.addAll(touched);
    }
  }

  /**
   * Whether some of the listings that were touched when the last ranking began are still to come.
   */
  boolean isAmidRanking() {
    return !coming.isEmpty();
  }

  private Map<Projection, Map<Integer, Map<String, BigInteger>>> takeRolled() {
    Map<Projection, Map<Integer, Map<String, BigInteger>>> all = new HashMap<>();
    for (Projection projection : counting.projections) {
      Map<Integer, Map<String, BigInteger>> rolled = projection.takeRolled();
      if (rolled != null) {
        all.put(projection, rolled);
      }
    }
    return all;
  }

  private static @Nullable Map<String, BigInteger> rolledOf(
      @Nullable Map<Integer, Map<String, BigInteger>> noted, int tuple) {
    return noted == null ? null : noted.getOrDefault(tuple, Map.of());
  }

  /** Notes what is returned of a listing now; false if it is what was returned before. */
  private boolean isNew(Place place, Content now) {
    if (now.shows() != null) {
      borrowing.add(place);
    } else {
      borrowing.remove(place);
    }
    now.hashInto(content);
    if (content.hi == place.returnedHi && content.lo == place.returnedLo) {
      return false;
    }
    place.returnedHi = content.hi;
    place.returnedLo = content.lo;
    return true;
  }

  Ranked rank(Slice slice) {
    Instant t = settle();
    return assembly(t).of(slice).at(board, hash, slice, t, at());
  }

  /**
   * As {@link #rank}, and counts as returned: what changes back before its turn is told then. Not
   * on a board with a guard, which has to see it with what left the window.
   */
  Ranked rankAsReturned(Slice slice) {
    Instant t = settle();
    Content now = assembly(t).of(slice);
    Cut cut = standings.cut(slice.values().keySet());
    Place place = cut == null ? null : cut.find(slice);
    if (place != null && board.guard() == null) {
      isNew(place, now);
    }
    return now.at(board, hash, slice, t, at());
  }

  /** The listing as it would be displayed with other rules; nothing changes. */
  Ranked rank(Slice slice, List<Rule> others) {
    Instant t = settle();
    List<Rule> then =
        others.stream().filter(r -> r.board().equals(board.name()) && r.isValidAt(t)).toList();
    return new Assembly(board, this::listed, cards, then, t)
        .of(slice)
        .at(board, hash, slice, t, at());
  }

  /** T, with everything ranked up to date. */
  Instant settledAt() {
    return settle();
  }

  Instant at() {
    return counting.horizon.t() == Nanos.NONE
        ? Instant.EPOCH
        : Nanos.instant(counting.horizon.at());
  }

  private Assembly assembly(Instant t) {
    return new Assembly(board, this::listed, cards, valid, t);
  }

  private List<Organic> listed(Slice slice) {
    return values.lists(slice) ? organic(slice) : List.of();
  }

  /** The first 2 x size of a slice, whether its values are listed or not. */
  List<Organic> organic(Slice slice) {
    Cut cut = standings.cut(slice.values().keySet());
    Place place = cut == null ? null : cut.find(slice);
    if (place == null) {
      return List.of();
    }
    Candidates c = place.candidates;
    List<Organic> entries = new ArrayList<>();
    for (int i : c.best()) {
      entries.add(new Organic(products.name(c.shown(i)), Wide.toBigInteger(c.hi(i), c.lo(i))));
    }
    return List.copyOf(entries);
  }

  List<ListingKey> listings() {
    settle();
    List<Place> listed = new ArrayList<>();
    for (Cut cut : standings.cuts) {
      cut.forEach(
          place -> {
            if (!place.candidates.isEmpty() && values.lists(place.key.slice())) {
              listed.add(place);
            }
          });
    }
    listed.sort(ORDER);
    return listed.stream().map(p -> p.key).toList();
  }

  /** Slices with entries that are not listed, because a dimension has too many values. */
  long beyond() {
    if (!values.mayBeTooMany()) {
      return 0;
    }
    settle();
    long[] beyond = {0};
    for (Cut cut : standings.cuts) {
      cut.forEach(
          place ->
              beyond[0] += place.candidates.isEmpty() || values.lists(place.key.slice()) ? 0 : 1);
    }
    return beyond[0];
  }

  Map<String, List<String>> values() {
    settle();
    return values.known();
  }

  Set<String> withSales(String dimension) {
    settle();
    return values.withSales(dimension);
  }

  /** Whether listings of such a slice are made, as of the last ranking. */
  boolean lists(Slice slice) {
    return values.lists(slice);
  }

  Cards cards() {
    return cards;
  }

  List<Rule> rulesAt(Instant t) {
    return rules.stream().filter(r -> r.isValidAt(t)).toList();
  }

  /** Everything is returned again as if nothing had been. */
  void forgetReturned() {
    for (Cut cut : standings.cuts) {
      cut.forEach(
          place -> {
            place.returnedHi = 0;
            place.returnedLo = 0;
          });
    }
    standings.touchAll();
  }
}
