package io.podium.ranking.core;

import io.podium.card.Card;
import io.podium.listing.CodePointOrder;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.core.Ranked.Organic;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The listings of several cores that hold disjoint products, merged exactly: the same entries and
 * the same hash as one core that holds all. All cores have the same boards and rules, stand at the
 * same T, and were given every event (each keeps its own {@link Share}).
 *
 * <p>Where every product ranks by itself, the best of all are among the best of each. Where
 * products rank as one, a group may have members in several cores, so that its partial sums say
 * little: the threshold algorithm (Fagin, Lotem, Naor: Optimal aggregation algorithms for
 * middleware, PODS 2001) goes down all partial lists at once, looks every group it meets up in all
 * cores, and stops when the sum of the scores that it stands at cannot reach the last of the best
 * any more.
 */
public final class PartialMerge {
  private static final Comparator<Organic> ORDER =
      Comparator.comparing(Organic::score)
          .reversed()
          .thenComparing(Organic::productId, CodePointOrder.INSTANCE);

  private final Board board;
  private final List<BoardRanking> parts;
  private final int need;
  private final Map<String, Set<String>> crowded;

  /**
   * @param cores at one T, and not changed while this is used
   */
  public PartialMerge(Board board, Collection<RankingCore> cores) {
    this.board = board;
    this.parts = cores.stream().map(c -> c.board(board.name())).toList();
    this.need = 2 * board.size();
    this.parts.forEach(BoardRanking::settledAt);
    this.crowded = crowded();
  }

  /** The values of each dimension that are listed, over all cores. */
  private Map<String, Set<String>> crowded() {
    Map<String, Set<String>> listed = new HashMap<>();
    for (List<String> slice : board.slices()) {
      for (String dimension : slice) {
        listed.computeIfAbsent(dimension, this::withSales);
      }
    }
    return listed;
  }

  private Set<String> withSales(String dimension) {
    TreeSet<String> values = new TreeSet<>(CodePointOrder.INSTANCE);
    parts.forEach(p -> values.addAll(p.withSales(dimension)));
    while (values.size() > board.maxValues()) {
      values.pollLast();
    }
    return values;
  }

  /** The listing at T, also when it is empty. */
  public Ranked rank(ListingKey key) {
    Instant t = parts.get(0).settledAt();
    Assembly assembly = new Assembly(board, this::organic, this::card, parts.get(0).rulesAt(t), t);
    return assembly
        .of(key.slice())
        .at(board, new ListingHash(board), key.slice(), t, parts.get(0).at());
  }

  /** Every listing that is not empty, in the order of {@link RankingCore#listings}. */
  public List<ListingKey> listings() {
    Set<Slice> slices = new LinkedHashSet<>();
    for (int cut = 0; cut < board.slices().size(); cut++) {
      TreeSet<Slice> ofCut = new TreeSet<>(BoardRanking.SLICE_ORDER);
      for (BoardRanking part : parts) {
        part.standings.cuts.get(cut).forEach(p -> ofCut.add(p.key.slice()));
      }
      ofCut.stream().filter(s -> !organic(s).isEmpty()).forEach(slices::add);
    }
    return slices.stream().map(s -> new ListingKey(board.name(), s)).toList();
  }

  private @Nullable Card card(String productId) {
    for (BoardRanking part : parts) {
      Card card = part.cards().get(productId);
      if (card != null) {
        return card;
      }
    }
    return null;
  }

  private List<Organic> organic(Slice slice) {
    if (!SaleValues.lists(slice, crowded)) {
      return List.of();
    }
    List<Organic> best = board.rankBy() == null ? ofProducts(slice) : ofGroups(slice);
    best.sort(ORDER);
    return List.copyOf(best.subList(0, Math.min(need, best.size())));
  }

  private List<Organic> ofProducts(Slice slice) {
    List<Organic> all = new ArrayList<>();
    parts.forEach(p -> all.addAll(p.organic(slice)));
    return all;
  }

  private List<Organic> ofGroups(Slice slice) {
    List<List<PartialSum>> lists = parts.stream().map(p -> p.standings.partialSums(slice)).toList();
    Map<String, Organic> met = new LinkedHashMap<>();
    Set<String> seen = new LinkedHashSet<>();
    boolean more = true;
    for (int depth = 0; more && !isDone(met.values(), lists, depth); depth++) {
      more = false;
      for (List<PartialSum> list : lists) {
        if (depth < list.size()) {
          more = true;
          String unit = list.get(depth).unit();
          if (seen.add(unit)) {
            Organic entry = whole(slice, unit);
            if (entry.score().signum() > 0) {
              met.put(unit, entry);
            }
          }
        }
      }
    }
    return new ArrayList<>(met.values());
  }

  /** Whether no group that was not met yet can reach the last of the best, or its score. */
  private boolean isDone(Collection<Organic> met, List<List<PartialSum>> lists, int depth) {
    if (met.size() < need) {
      return false;
    }
    BigInteger threshold = BigInteger.ZERO;
    for (List<PartialSum> list : lists) {
      if (depth < list.size()) {
        threshold = threshold.add(list.get(depth).sum());
      }
    }
    BigInteger last =
        met.stream().map(Organic::score).sorted(Comparator.reverseOrder()).toList().get(need - 1);
    return last.compareTo(threshold) > 0;
  }

  /** Looks one group up in all cores. */
  private Organic whole(Slice slice, String unit) {
    BigInteger sum = BigInteger.ZERO;
    PartialSum shown = null;
    for (BoardRanking part : parts) {
      PartialSum here = part.standings.partialSum(slice, unit);
      if (here != null) {
        sum = sum.add(here.sum());
        shown = shown == null || here.isShownBefore(shown) ? here : shown;
      }
    }
    if (shown == null) {
      throw new IllegalStateException("group without members");
    }
    return new Organic(shown.shown(), sum);
  }
}
