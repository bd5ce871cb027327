package io.podium.ranking.run;

import io.podium.listing.BoardInfo;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.core.RankingCore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Listings that stand in the stores, or may stand there: needed to find, after a takeover, those
 * that have become empty since. One that is empty is forgotten after an hour. Loop's thread only.
 */
public final class KnownListings {
  private static final long FORGET_AFTER_MS = 3_600_000;

  /** Slices of one board that are tried one by one after a takeover, known or not. */
  private static final int MAX_COMBINATIONS = 20_000;

  private static final long NOT_EMPTY = Long.MAX_VALUE;

  private final Map<ListingKey, Long> emptySince = new HashMap<>();

  KnownListings(Collection<ListingKey> keys) {
    keys.forEach(k -> emptySince.put(k, NOT_EMPTY));
  }

  void saw(Collection<Ranked> ranked, long nowMillis) {
    ranked.forEach(r -> emptySince.put(r.key(), r.organic().isEmpty() ? nowMillis : NOT_EMPTY));
  }

  void forgetOld(long nowMillis) {
    emptySince
        .values()
        .removeIf(since -> since != NOT_EMPTY && nowMillis - since > FORGET_AFTER_MS);
  }

  Set<ListingKey> keys() {
    return emptySince.keySet();
  }

  /** All that may differ from the stores; those with entries first. */
  List<ListingKey> candidates(List<Board> boards, RankingCore core) {
    Set<ListingKey> all = new LinkedHashSet<>();
    boards.forEach(b -> all.addAll(core.listings(b.name())));
    all.addAll(emptySince.keySet());
    boards.forEach(b -> all.addAll(combinations(b, core.values(b.name()))));
    return List.copyOf(all);
  }

  /** Slices that readers knew, with a value that the core does not know. */
  List<ListingKey> vanished(List<Board> boards, RankingCore core, List<BoardInfo> found) {
    List<ListingKey> keys = new ArrayList<>();
    for (BoardInfo info : found) {
      for (Board board : boards) {
        if (board.name().equals(info.name())) {
          keys.addAll(combinations(board, info.values()));
          keys.removeAll(Set.copyOf(combinations(board, core.values(board.name()))));
        }
      }
    }
    return keys;
  }

  /** Every slice of the board that the values make; fewer when there are too many. */
  public static List<ListingKey> combinations(Board board, Map<String, List<String>> values) {
    List<ListingKey> keys = new ArrayList<>();
    for (List<String> dimensions : board.slices()) {
      List<Slice> slices = List.of(Slice.WHOLE_SHOP);
      for (String dimension : dimensions) {
        List<String> known = values.getOrDefault(dimension, List.of());
        if ((long) slices.size() * known.size() > MAX_COMBINATIONS - keys.size()) {
          return keys;
        }
        List<Slice> longer = new ArrayList<>();
        slices.forEach(s -> known.forEach(v -> longer.add(s.with(dimension, v))));
        slices = longer;
      }
      slices.forEach(s -> keys.add(new ListingKey(board.name(), s)));
    }
    return keys;
  }
}
