package io.podium.ranking.verify;

import io.podium.listing.BoardInfo;
import io.podium.listing.Boards;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Rule;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.rules.Hold;
import io.podium.ranking.run.KnownListings;
import io.podium.ranking.stream.Await;
import io.podium.ranking.stream.EventLog;
import io.podium.store.ListingStore;
import io.podium.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes every listing again and compares it with what stands in the stores.
 *
 * <p>A listing is published when it changes, so what stands must be what comes out of all events
 * now, whenever it was published. Under traffic it may be some events behind: a listing that
 * differs is looked at again, and is right when it says what came out after one of the events
 * since.
 */
public final class Verification {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final int LOOKS = 5;

  private final List<Board> boards;
  private final CoreLimits limits;
  private final EventLog log;
  private final List<Path> archives;
  private final Collection<Rule> rules;
  private final Map<ListingKey, Hold> holds;
  private final @Nullable ListingStore cache;
  private final @Nullable ListingStore mongo;
  private final Set<String> damaged = new LinkedHashSet<>();

  /**
   * @param holds listings that must show what they are held at, whatever was sold since
   * @param cache null: away; at least one of the two is there
   */
  public Verification(
      List<Board> boards,
      CoreLimits limits,
      EventLog log,
      List<Path> archives,
      Collection<Rule> rules,
      Map<ListingKey, Hold> holds,
      @Nullable ListingStore cache,
      @Nullable ListingStore mongo) {
    this.boards = boards;
    this.limits = limits;
    this.log = log;
    this.archives = archives;
    this.rules = rules;
    this.holds = holds;
    this.cache = cache;
    this.mongo = mongo;
  }

  /**
   * @throws IOException when events are missing: the message says which, and what helps
   */
  public Report run() throws IOException {
    List<String> differences = new ArrayList<>();
    try (Recomputation computed = new Recomputation(boards, limits, log, archives)) {
      computed.readArchive();
      computed.follow(Integer.MAX_VALUE, () -> {});
      computed.core().rules(rules);
      Set<ListingKey> keys = keys(computed);
      Map<ListingKey, Listing> published = published(keys);
      advance(computed, published.values());
      compare(computed, keys, published, differences);
      Chains chains = new Chains(cache, mongo, differences);
      for (ListingKey key : published.keySet()) {
        chains.follow(board(key), key);
      }
      differences.addAll(damaged);
      if (mongo != null) {
        mongo.damaged().forEach(d -> differences.add("history in mongo is damaged: " + d));
      }
      differences.addAll(computed.damaged());
      return new Report(
          computed.received(),
          published.size(),
          chains.epochs(),
          chains.links(),
          chains.unproven(),
          held(published),
          differences);
    }
  }

  private Board board(ListingKey key) {
    return boards.stream().filter(b -> b.name().equals(key.board())).findFirst().orElseThrow();
  }

  static String name(ListingKey key) {
    return key.board() + " " + key.slice().values();
  }

  /** All that came out, and all that readers are told of. */
  private Set<ListingKey> keys(Recomputation computed) {
    Set<ListingKey> keys = new LinkedHashSet<>();
    Map<String, Map<String, List<String>>> told = new HashMap<>();
    for (BoardInfo info : boardsDocument().boards()) {
      told.put(info.name(), info.values());
    }
    for (Board board : boards) {
      keys.addAll(computed.core().listings(board.name()));
      keys.addAll(KnownListings.combinations(board, computed.core().values(board.name())));
      keys.addAll(KnownListings.combinations(board, told.getOrDefault(board.name(), Map.of())));
    }
    return keys;
  }

  private Boards boardsDocument() {
    ListingStore store = cache != null ? cache : mongo;
    return store == null ? Boards.NONE : Await.on(store.boards(), DEADLINE);
  }

  private Map<ListingKey, Listing> published(Collection<ListingKey> keys) {
    Map<ListingKey, Listing> found = new LinkedHashMap<>();
    for (ListingKey key : keys) {
      find(key).ifPresent(l -> found.put(key, l));
    }
    return found;
  }

  private Optional<Listing> find(ListingKey key) {
    Optional<Listing> found = find("Redis", cache, key);
    Optional<Listing> behind = find("Mongo", mongo, key);
    return found.isPresent() ? found : behind;
  }

  private Optional<Listing> find(String name, @Nullable ListingStore store, ListingKey key) {
    try {
      return store == null ? Optional.empty() : Await.on(store.find(key), DEADLINE);
    } catch (StoreException e) {
      if (e.kind() != StoreException.Kind.CORRUPT) {
        throw e;
      }
      damaged.add(name(key) + ", the newest epoch in " + name + " is damaged: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** To the newest moment that was published: until then everything published was true. */
  private void advance(Recomputation computed, Collection<Listing> published) {
    published.stream()
        .filter(l -> !board(l.key()).eventClock())
        .map(Listing::asOf)
        .max(Instant::compareTo)
        .ifPresent(t -> computed.core().advance(t.toEpochMilli()));
  }

  private void compare(
      Recomputation computed,
      Collection<ListingKey> keys,
      Map<ListingKey, Listing> published,
      List<String> differences)
      throws IOException {
    Map<ListingKey, String> open = new LinkedHashMap<>();
    Map<ListingKey, Set<Content>> seen = new HashMap<>();
    for (ListingKey key : keys) {
      Content content = content(computed, key);
      String difference = standing(published.get(key)).difference(content);
      if (difference != null) {
        open.put(key, difference);
        seen.put(key, new HashSet<>(Set.of(content)));
      }
    }
    for (int look = 0; look < LOOKS && !open.isEmpty(); look++) {
      computed.follow(
          1, () -> seen.forEach((key, contents) -> contents.add(content(computed, key))));
      Map<ListingKey, Listing> again = published(open.keySet());
      advance(computed, again.values());
      seen.forEach((key, contents) -> contents.add(content(computed, key)));
      published.putAll(again);
      open.keySet().removeIf(key -> contains(seen.get(key), standing(again.get(key))));
    }
    open.forEach((key, what) -> differences.add(name(key) + when(published.get(key)) + what));
  }

  private static boolean contains(@Nullable Set<Content> contents, Content standing) {
    return contents != null && contents.stream().anyMatch(c -> standing.difference(c) == null);
  }

  private static String when(@Nullable Listing l) {
    return l == null ? ", not published: " : ", epoch " + l.epoch() + " as of " + l.asOf() + ": ";
  }

  private static Content standing(@Nullable Listing published) {
    return published == null ? Content.EMPTY : Content.of(published);
  }

  private List<String> held(Map<ListingKey, Listing> published) {
    List<String> held = new ArrayList<>();
    holds.forEach(
        (key, hold) -> {
          if (published.containsKey(key)) {
            held.add(
                name(key)
                    + ": held at epoch "
                    + hold.listing().epoch()
                    + " as of "
                    + hold.listing().asOf()
                    + " by "
                    + hold.author()
                    + (hold.reason().isEmpty() ? "" : ": " + hold.reason()));
          }
        });
    return held;
  }

  /** What must stand there. */
  private Content content(Recomputation computed, ListingKey key) {
    Hold hold = holds.get(key);
    if (hold != null) {
      return Content.of(hold.listing());
    }
    Ranked ranked = computed.core().rank(key);
    return Content.of(ranked);
  }
}
