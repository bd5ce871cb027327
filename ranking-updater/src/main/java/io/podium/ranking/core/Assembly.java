package io.podium.ranking.core;

import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Dimensions;
import io.podium.ranking.board.Rule;
import io.podium.ranking.core.Ranked.Organic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Organic entries become contents: displayed order, and what a thin category shows instead. Made
 * for one T and dropped: it remembers the listings that it was asked for.
 */
final class Assembly {
  private final Board board;
  private final Function<Slice, List<Organic>> organic;
  private final CardView cards;
  private final Collection<Rule> rules;
  private final Instant t;
  private final Map<Slice, Content> own = new HashMap<>();

  /**
   * @param organic the first 2 x size of a slice, best first; empty when it is not listed
   */
  Assembly(
      Board board,
      Function<Slice, List<Organic>> organic,
      CardView cards,
      Collection<Rule> rules,
      Instant t) {
    this.board = board;
    this.organic = organic;
    this.cards = cards;
    this.rules = rules;
    this.t = t;
  }

  Content of(Slice slice) {
    Content content = own(slice);
    if (content.isEmpty() || content.displayed().size() >= board.minEntries()) {
      return content;
    }
    Slice shows = null;
    for (Slice wider : wider(slice)) {
      shows = wider;
      if (own(wider).displayed().size() >= board.minEntries()) {
        break;
      }
    }
    return shows == null
        ? content
        : new Content(content.organic(), own(shows).displayed(), content.omitted(), shows);
  }

  private Content own(Slice slice) {
    Content known = own.get(slice);
    if (known == null) {
      known = order(slice, organic.apply(slice));
      own.put(slice, known);
    }
    return known;
  }

  private Content order(Slice slice, List<Organic> entries) {
    if (entries.isEmpty()) {
      return Content.EMPTY;
    }
    Shown shown = DisplayedOrder.of(board, slice, entries, cards, rules, t);
    return new Content(entries, shown.displayed(), shown.omitted(), null);
  }

  /** The slices that a category slice may show instead, nearest first. */
  private List<Slice> wider(Slice slice) {
    String category = slice.values().get(Dimensions.CATEGORY);
    if (category == null) {
      return List.of();
    }
    List<Slice> chain = new ArrayList<>();
    List<String> path = Dimensions.path(category);
    for (int i = path.size() - 2; i >= 0; i--) {
      chain.add(slice.with(Dimensions.CATEGORY, path.get(i)));
    }
    Slice without = slice.without(Dimensions.CATEGORY);
    Set<String> dimensions = without.values().keySet();
    if (board.slices().stream().anyMatch(s -> new HashSet<>(s).equals(dimensions))) {
      chain.add(without);
    }
    return chain;
  }
}
