package io.podium.ranking.run;

import io.podium.listing.BoardInfo;
import io.podium.listing.ListingKey;
import io.podium.ranking.core.Ranked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the loop has ranked and the publisher has not published yet: of each listing the newest.
 * Bounded by the number of listings. Thread-safe.
 */
final class Waiting {
  private final Comparator<ListingKey> order;
  private LinkedHashMap<ListingKey, Ranked> listings = new LinkedHashMap<>();
  private final Set<ListingKey> first = new LinkedHashSet<>();
  private Map<String, Instant> current = new HashMap<>();
  private @Nullable List<BoardInfo> boards;
  private long life;

  /**
   * @param order in which they are to be published
   */
  Waiting(Comparator<ListingKey> order) {
    this.order = order;
  }

  /**
   * @param listings by key, in the order in which they are to be published
   * @param current boards of which every listing until that stream time is in {@code listings}, or
   *     was taken before
   * @param boards null: unchanged
   * @param life what is offered after a {@link #startOver} is of another one
   */
  record Taken(
      Map<ListingKey, Ranked> listings,
      Map<String, Instant> current,
      @Nullable List<BoardInfo> boards,
      long life) {
    boolean isEmpty() {
      return listings.isEmpty() && current.isEmpty() && boards == null;
    }
  }

  synchronized void offer(Collection<Ranked> ranked) {
    ranked.forEach(r -> listings.merge(r.key(), r, (before, next) -> next.after(before)));
  }

  /** As {@link #offer}; these come before all others, for a person waits for them. */
  synchronized void offerFirst(Collection<Ranked> ranked) {
    offer(ranked);
    ranked.forEach(r -> first.add(r.key()));
  }

  /** Whether something waits that comes before all others. */
  synchronized boolean hasFirst() {
    return !first.isEmpty();
  }

  /** All of the board's changes until {@code asOf} have been offered. */
  synchronized void current(String board, Instant asOf) {
    current.put(board, asOf);
  }

  synchronized void boards(List<BoardInfo> infos) {
    boards = infos;
  }

  synchronized Taken take() {
    LinkedHashMap<ListingKey, Ranked> ordered = new LinkedHashMap<>();
    first.forEach(key -> ordered.put(key, Objects.requireNonNull(listings.remove(key))));
    listings.keySet().stream()
        .sorted(order)
        .forEach(key -> ordered.put(key, Objects.requireNonNull(listings.get(key))));
    Taken taken = new Taken(ordered, current, boards, life);
    first.clear();
    listings = new LinkedHashMap<>();
    current = new HashMap<>();
    boards = null;
    return taken;
  }

  /** Those that wait and are chosen; none when all began anew since that life. */
  synchronized List<Ranked> take(Predicate<ListingKey> chosen, long of) {
    List<Ranked> taken = new ArrayList<>();
    if (of == life) {
      listings.values().stream().filter(r -> chosen.test(r.key())).forEach(taken::add);
      taken.forEach(r -> listings.remove(r.key()));
      taken.forEach(r -> first.remove(r.key()));
    }
    return taken;
  }

  /** Drops what waits; what is offered from now on is of another life. */
  synchronized void startOver() {
    take();
    life++;
  }

  /** What could not be published, unless something newer has come since. */
  synchronized void giveBack(Collection<Ranked> ranked) {
    ranked.forEach(r -> listings.merge(r.key(), r, (next, before) -> next.after(before)));
  }

  synchronized void giveBack(List<BoardInfo> infos) {
    if (boards == null) {
      boards = infos;
    }
  }

  synchronized int size() {
    return listings.size();
  }
}
