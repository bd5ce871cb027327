package io.podium.ranking.core;

import io.podium.ranking.board.Board;
import io.podium.ranking.board.Dimensions;
import io.podium.ranking.board.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All that a core knows. */
final class CoreState {
  private static final int SEGMENTS = 128;
  private static final Duration SHORTEST_SPAN = Duration.ofMinutes(1);

  final Stores stores;
  final Currencies currencies = new Currencies();
  final Ledger ledger = new Ledger();
  final Map<String, BoardRanking> boards = new LinkedHashMap<>();
  final Clock wall;
  final Clock stream;
  final List<Clock> clocks;

  /**
   * @param at the T of all boards, for ever; null: T moves
   */
  CoreState(List<Board> definitions, CoreLimits limits, Share share, @Nullable Instant at) {
    SortedSet<String> buyer = new TreeSet<>();
    Set<String> card = new LinkedHashSet<>();
    for (Board b : definitions) {
      for (List<String> slice : b.slices()) {
        slice.forEach(d -> (Dimensions.isOfBuyer(d) ? buyer : card).add(d));
      }
    }
    stores = new Stores(limits, share, buyer, span(definitions, limits));
    wall = new Clock(false, new Cards(stores.products, card), at != null);
    stream = new Clock(true, new Cards(stores.products, card), at != null);
    clocks = List.of(wall, stream);
    for (Board b : definitions) {
      Clock clock = b.eventClock() ? stream : wall;
      BoardRanking ranking = new BoardRanking(b, stores, currencies, clock.cards);
      clock.boards.add(ranking);
      boards.put(b.name(), ranking);
    }
    if (at != null) {
      clocks.forEach(c -> c.set(Nanos.of(at), w -> {}));
    }
  }

  private static long span(List<Board> definitions, CoreLimits limits) {
    if (!limits.forgets()) {
      return Long.MAX_VALUE;
    }
    long longest = Nanos.of(SHORTEST_SPAN) * SEGMENTS;
    for (Board b : definitions) {
      long step = Nanos.of(b.step());
      long window =
          b.window() instanceof Window.Today
              ? Nanos.of(Duration.ofHours(26))
              : step * new Horizon(b).steps();
      longest = Math.max(longest, window);
    }
    return longest / SEGMENTS;
  }

  /** The earliest time that counts on any board; {@link Nanos#NONE}: every time does. */
  long start() {
    return stores.limits.forgets() ? Math.min(wall.start(), stream.start()) : Nanos.NONE;
  }
}
