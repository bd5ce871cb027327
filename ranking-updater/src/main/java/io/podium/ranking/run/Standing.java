package io.podium.ranking.run;

import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.stream.Await;
import io.podium.store.ListingStore;
import io.podium.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What this updater knows to stand in the stores: per listing its newest epoch and its baseline.
 * Holds the listings used last; the others are read again. Used by the publisher's thread only.
 */
final class Standing {
  private static final int HELD = 20_000;
  private static final long PRUNE_EVERY_MS = 60_000;

  /**
   * Of a history that the cache role has lost, Mongo's answer stands for this part of the board's
   * distance: with many listings a question to Mongo in each cycle would set the pace.
   */
  private static final int BEHIND_STANDS_FOR = 60;

  /**
   * So far does a new publisher trust that Mongo has no baseline where the one before it found
   * none: readers do not wait for that answer, for each listing of the shop, at a takeover.
   */
  private static final Duration TRUSTED = Duration.ofSeconds(10);

  /** For so long Mongo is not waited for after it failed. */
  private static final long MONGO_RESTS_MS = 5_000;

  private final ListingStore cache;
  private final ListingStore mongo;
  private final Movement movement;
  private final Duration deadline;
  private final Clock clock;
  private long mongoFailedAt = -MONGO_RESTS_MS;
  private final Map<ListingKey, State> states =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ListingKey, State> eldest) {
          return size() > HELD;
        }
      };

  /**
   * @param newest the newest epoch; empty: none was ever published, as far as the stores can tell
   * @param since no epoch was shown before this stream time; null: unknown
   * @param askedBehind the last moment for which Mongo was asked for the baseline; null: none yet
   * @param cached the newest epoch stands in the cache role, not in Mongo only
   * @param announced this updater has announced the newest epoch
   * @param prunedAt wall clock, ms
   */
  record State(
      Optional<Listing> newest,
      Optional<Listing> baseline,
      @Nullable Instant since,
      @Nullable Instant askedBehind,
      boolean cached,
      boolean announced,
      long prunedAt) {
    State withBaseline(Optional<Listing> found) {
      return new State(newest, found, since, askedBehind, cached, announced, prunedAt);
    }

    State withBehind(Optional<Listing> found, Instant moment) {
      return new State(newest, found, since, moment, cached, announced, prunedAt);
    }

    State withAnnounced() {
      return new State(newest, baseline, since, askedBehind, cached, true, prunedAt);
    }
  }

  Standing(
      ListingStore cache, ListingStore mongo, Movement movement, Duration deadline, Clock clock) {
    this.cache = cache;
    this.mongo = mongo;
    this.movement = movement;
    this.deadline = deadline;
    this.clock = clock;
  }

  State of(ListingKey key) {
    State state = states.get(key);
    if (state == null) {
      throw new IllegalStateException("not loaded: " + key);
    }
    return state;
  }

  /** The epoch to which a compact history can refer. */
  Optional<Listing> before(ListingKey key) {
    return of(key).newest();
  }

  void clear() {
    states.clear();
  }

  void forget(ListingKey key) {
    states.remove(key);
  }

  void announced(ListingKey key) {
    states.computeIfPresent(key, (k, s) -> s.withAnnounced());
  }

  /** The listing is in the cache role. Drops history that nobody needs any more, now and then. */
  void stored(Listing listing) {
    State s = of(listing.key());
    Instant since = s.since == null && s.newest.isEmpty() ? listing.shownFrom() : s.since;
    long now = listing.epoch();
    boolean prune = now - s.prunedAt > PRUNE_EVERY_MS;
    states.put(
        listing.key(),
        new State(
            Optional.of(listing),
            s.baseline,
            since,
            s.askedBehind,
            true,
            false,
            prune ? now : s.prunedAt));
    if (prune && s.baseline.isPresent()) {
      prune(listing, s.baseline.get());
    }
  }

  /**
   * The baseline itself stays: it serves until a newer epoch is old enough. Cursors count the wall
   * clock, as epochs do: events may come faster or slower than they were sold.
   */
  private void prune(Listing newest, Listing baseline) {
    long cursors = newest.epoch() - movement.cursors(newest.key().board()).toMillis();
    // A failure is of no harm: the next one drops the same and more.
    var unused = cache.prune(newest.key(), baseline.shownFrom(), cursors);
  }

  /**
   * Reads what is not known of these listings.
   *
   * @throws StoreException when the cache role fails; Mongo, asked only for what the cache does not
   *     have, may be away
   */
  void load(List<Ranked> chunk) {
    List<Ranked> unknown = chunk.stream().filter(r -> !states.containsKey(r.key())).toList();
    Map<ListingKey, Optional<Listing>> cached = read(unknown, r -> cache.find(r.key()));
    Map<ListingKey, Optional<Listing>> behind =
        readMongo(missing(unknown, cached), r -> mongo.find(r.key()));
    for (Ranked r : unknown) {
      Optional<Listing> newest = found(r.key(), cached, behind);
      boolean inCache = found(r.key(), cached, Map.of()).isPresent();
      Instant asked = inCache ? newest.map(this::askedBefore).orElse(null) : null;
      states.put(r.key(), new State(newest, Optional.empty(), null, asked, inCache, false, 0));
    }
    loadBaselines(chunk);
  }

  /** What whoever published the epoch is taken to have asked Mongo last; null: it may know more. */
  private @Nullable Instant askedBefore(Listing newest) {
    if (newest.baseline() != 0) {
      return null;
    }
    Duration distance = movement.by(newest.key().board());
    Duration stands = distance.dividedBy(BEHIND_STANDS_FOR);
    Duration trusted = stands.compareTo(TRUSTED) < 0 ? stands : TRUSTED;
    return newest.asOf().minus(distance).minus(stands).plus(trusted);
  }

  private void loadBaselines(List<Ranked> chunk) {
    List<Ranked> old = chunk.stream().filter(this::mayHaveBaseline).toList();
    Map<ListingKey, Optional<Listing>> cached =
        read(old, r -> cache.findAsOf(r.key(), baselineMoment(r)));
    List<Ranked> lost = missing(old, cached).stream().filter(this::isToBeAskedBehind).toList();
    Map<ListingKey, Optional<Listing>> behind =
        readMongo(lost, r -> mongo.findAsOf(r.key(), baselineMoment(r)));
    for (Ranked r : old) {
      Optional<Listing> found = cached.getOrDefault(r.key(), Optional.empty());
      if (found.isPresent()) {
        states.put(r.key(), of(r.key()).withBaseline(found));
      }
    }
    for (Ranked r : lost) {
      Optional<Listing> found = behind.get(r.key());
      if (found != null) {
        states.put(r.key(), of(r.key()).withBehind(found, baselineMoment(r)));
      }
    }
  }

  private boolean isToBeAskedBehind(Ranked r) {
    Instant asked = of(r.key()).askedBehind();
    Duration stands = movement.by(r.key().board()).dividedBy(BEHIND_STANDS_FOR);
    return asked == null || !baselineMoment(r).isBefore(asked.plus(stands));
  }

  private boolean mayHaveBaseline(Ranked r) {
    State s = of(r.key());
    if (s.newest.isEmpty()) {
      return false;
    }
    return s.since == null || !baselineMoment(r).isBefore(s.since);
  }

  private Instant baselineMoment(Ranked r) {
    return r.asOf().minus(movement.by(r.key().board()));
  }

  private static List<Ranked> missing(
      List<Ranked> asked, Map<ListingKey, Optional<Listing>> cached) {
    return asked.stream()
        .filter(r -> cached.getOrDefault(r.key(), Optional.empty()).isEmpty())
        .toList();
  }

  private static Optional<Listing> found(
      ListingKey key,
      Map<ListingKey, Optional<Listing>> cached,
      Map<ListingKey, Optional<Listing>> behind) {
    Optional<Listing> first = cached.getOrDefault(key, Optional.empty());
    return first.isPresent() ? first : behind.getOrDefault(key, Optional.empty());
  }

  private Map<ListingKey, Optional<Listing>> readMongo(
      List<Ranked> asked, Function<Ranked, CompletionStage<Optional<Listing>>> call) {
    if (asked.isEmpty() || !Pace.isOver(mongoFailedAt, clock.millis(), MONGO_RESTS_MS)) {
      return Map.of();
    }
    try {
      return read(asked, call);
    } catch (StoreException e) {
      mongoFailedAt = clock.millis();
      return Map.of();
    }
  }

  private Map<ListingKey, Optional<Listing>> read(
      List<Ranked> asked, Function<Ranked, CompletionStage<Optional<Listing>>> call) {
    List<CompletionStage<Optional<Listing>>> calls = new ArrayList<>(asked.size());
    asked.forEach(r -> calls.add(call.apply(r)));
    Map<ListingKey, Optional<Listing>> answers = new HashMap<>();
    for (int i = 0; i < calls.size(); i++) {
      answers.put(asked.get(i).key(), Await.on(calls.get(i), deadline));
    }
    return answers;
  }
}
