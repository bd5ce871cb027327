package io.podium.ranking.run;

import io.podium.announce.AnnouncementLog;
import io.podium.listing.BoardInfo;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.evidence.EvidenceKeeper;
import io.podium.ranking.stream.Await;
import io.podium.store.ListingStore;
import io.podium.store.PublishResult;
import io.podium.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what the loop has ranked. {@link #offer} and its kind come from the loop's thread; the
 * cycle runs on the publisher's own, and may be cut off between any two of its steps: each is safe
 * to repeat. What a cut leaves unclear (was it stored? was it announced?) is read back from the
 * store before anything new is written.
 */
public final class Publisher {
  /** Clocks of updaters are taken to differ by less. */
  private static final long CLOCKS_DIFFER_MS = 10_000;

  /** Listings under way to the store at once. */
  private static final int CHUNK = 64;

  private final ListingStore cache;
  private final TrailingStore trailing;
  private final Lease lease;
  private final Clock clock;
  private final Duration deadline;
  private final Standing standing;
  private final BoardsPublication boardsPublication;
  private final Announcer announcer;

  private final Movement movement;
  private final Waiting waiting;
  private final AtomicLong published = new AtomicLong();
  private long leaseToken;
  private int unclear;
  private long fencedBy;
  private @Nullable List<BoardInfo> lastBoards;
  private volatile long begun;
  private volatile Set<ListingKey> readable = Set.of();
  private volatile List<BoardInfo> found = List.of();
  private volatile long cycles;
  private volatile long lastComplete;
  private @Nullable Holding holding;
  private @Nullable EvidenceKeeper evidence;
  private volatile boolean forget;
  private volatile boolean lost;

  /**
   * @param movement baseline distance and retention per board
   */
  public Publisher(
      ListingStore cache,
      TrailingStore trailing,
      AnnouncementLog announcements,
      Lease lease,
      Movement movement,
      Clock clock,
      Duration deadline) {
    this.cache = cache;
    this.trailing = trailing;
    this.announcer = new Announcer(announcements, lease, clock, deadline);
    this.lease = lease;
    this.movement = movement;
    this.waiting = new Waiting(Comparator.comparing(key -> movement.publishEvery(key.board())));
    this.clock = clock;
    this.deadline = deadline;
    this.standing = new Standing(cache, trailing.store(), movement, deadline, clock);
    this.boardsPublication = new BoardsPublication(cache, trailing, clock, deadline);
  }

  /** What is held, and by what guard. Before the first cycle. */
  void follow(Holding source) {
    holding = source;
  }

  /** Who keeps the evidence of what is published. Before the first cycle. */
  void prove(EvidenceKeeper by) {
    evidence = by;
  }

  /** Listings of one board whose content changed. */
  public void offer(Collection<Ranked> ranked) {
    waiting.offer(ranked);
  }

  /** As {@link #offer}; published before all others, even if those were taken up already. */
  public void offerFirst(Collection<Ranked> ranked) {
    waiting.offerFirst(ranked);
  }

  /** Everything that changed on the board until {@code asOf} has been offered. */
  public void current(String board, Instant asOf) {
    waiting.current(board, asOf);
  }

  public void offerBoards(List<BoardInfo> infos) {
    waiting.boards(infos);
  }

  /**
   * Begins anew under the lease's token: what is known of the stores may be wrong, as another
   * updater has published, or the cache was emptied. The caller offers every listing after this;
   * nothing is published under a token that was not begun.
   *
   * @param known listings that readers may hold, whatever the stores have: also when one is empty
   *     now and stands nowhere, they have to be told
   */
  public void begin(long leaseToken, Set<ListingKey> known) {
    waiting.startOver();
    readable = Set.copyOf(known);
    forget = true;
    begun = leaseToken;
  }

  /**
   * The boards as readers knew them before this updater's first publication under a token. The
   * caller offers the listings of their values, as a slice whose value no card and no sale has any
   * more may still stand with entries; until {@link #tookFound} the values stay listed.
   */
  List<BoardInfo> found() {
    return found;
  }

  /** The boards offered last list what was found, as far as it may stand. */
  void tookFound() {
    found = List.of();
  }

  /** Cycles begun since the start. */
  long cycles() {
    return cycles;
  }

  /** The last cycle that published all that had been offered when it began; 0: none yet. */
  long lastComplete() {
    return lastComplete;
  }

  /** Listings that wait to be published. */
  public int waiting() {
    return waiting.size();
  }

  /** Epochs published since the start. */
  public long published() {
    return published.get();
  }

  /**
   * One cycle.
   *
   * @return whether there was anything to do
   * @throws StoreException when a store failed: what was not published waits for the next cycle
   */
  public boolean runCycle() {
    // 1 Only the active updater publishes; what waits is then for whoever is.
    OptionalLong held = lease.token();
    if (held.isEmpty() || held.getAsLong() != begun) {
      giveUp();
      return false;
    }
    long token = fence(held.getAsLong());
    if (forget) {
      forget = false;
      fencedBy = 0;
      announcer.forget();
      standing.clear();
      boardsPublication.forget();
    }
    // 2 Take the newest of each listing.
    long cycle = cycles + 1;
    cycles = cycle;
    Waiting.Taken taken = waiting.take();
    if (taken.isEmpty() && announcer.owesNothing()) {
      lastComplete = cycle;
      return false;
    }
    Deque<Ranked> ranked = new ArrayDeque<>(taken.listings().values());
    boolean complete = true;
    try {
      announceOwed();
      // 3 Boards first: a value is known before its listing appears; and their first publication
      // under a token shuts out every older one before anything is read from the store.
      publishBoards(taken.boards(), token);
      if (fencedBy != token) {
        waiting.giveBack(ranked);
        return false;
      }
      // 4-8 Listings, some at a time, so that the first need not wait for the last.
      while (!ranked.isEmpty()) {
        List<Ranked> chunk = ranked.stream().limit(CHUNK).toList();
        complete &= publish(chunk, token);
        chunk.forEach(r -> ranked.removeFirst());
        if (!ranked.isEmpty() && waiting.hasFirst()) {
          waiting.giveBack(ranked);
          return true;
        }
        letPass(ranked, chunk.get(chunk.size() - 1), taken.life());
      }
    } catch (RuntimeException e) {
      waiting.giveBack(ranked);
      if (taken.boards() != null && taken.boards() != lastBoards) {
        waiting.giveBack(taken.boards());
      }
      throw e;
    }
    // 9 All that the boards had until their stream times is out.
    if (complete && lease.token().equals(held)) {
      lastComplete = cycle;
      announcer.tellCurrent(taken.current());
    }
    return true;
  }

  /**
   * What waits of boards that are published more often than the one just published comes before the
   * rest of it: a board of many listings must not set the pace of the others.
   */
  private void letPass(Deque<Ranked> rest, Ranked last, long life) {
    if (rest.isEmpty()) {
      return;
    }
    Duration every = movement.publishEvery(last.key().board());
    List<Ranked> hasty =
        waiting.take(key -> movement.publishEvery(key.board()).compareTo(every) < 0, life);
    Map<ListingKey, Ranked> newer = new LinkedHashMap<>();
    hasty.forEach(r -> newer.put(r.key(), r));
    rest.stream()
        .filter(r -> newer.containsKey(r.key()))
        .forEach(r -> newer.computeIfPresent(r.key(), (k, n) -> n.after(r)));
    rest.removeIf(r -> newer.containsKey(r.key()));
    newer.values().forEach(rest::addFirst);
  }

  /**
   * The number that the stores compare: the lease's token, and below it how often the outcome of a
   * write was unclear. A write that is still under way then must not arrive after the store has
   * been read again: the next number shuts it out.
   */
  private long fence(long token) {
    if (token != leaseToken) {
      leaseToken = token;
      unclear = 0;
    }
    if (unclear > Fence.MOST) {
      lease.fenced(token);
      unclear = 0;
    }
    return Fence.number(token, unclear);
  }

  /** What is dropped is dropped for good: the loop has to offer everything again. */
  private void giveUp() {
    if (!waiting.take().isEmpty() || !announcer.owesNothing()) {
      announcer.forget();
      lost = true;
    }
  }

  /** Whether something that was offered has been dropped since the last call. */
  boolean takeLost() {
    boolean was = lost || trailing.takeLost();
    lost = false;
    return was;
  }

  /** Answers whether all of the chunk is published and announced. */
  private boolean publish(List<Ranked> chunk, long token) {
    // 4 What stands in the stores, and what movement compares with.
    standing.load(chunk);
    // 5 The next epoch of each that differs, linked to the one before by its chain.
    Map<ListingKey, Ranked> byKey = new HashMap<>();
    List<Listing> next = new ArrayList<>();
    for (Ranked r : chunk) {
      byKey.put(r.key(), r);
      next(r).ifPresent(next::add);
    }
    // 6 Into the cache role, under the fencing token.
    boolean complete = store(next, byKey, token);
    // 7 Still active? Then say so: keys and epochs, never the data.
    announceOwed();
    return complete;
  }

  /** What is to be stored for it; empty when that stands already, or nothing ever stood. */
  private Optional<Listing> next(Ranked ranked) {
    Standing.State state = standing.of(ranked.key());
    Listing newest = state.newest().orElse(null);
    Ranked r = holding == null ? ranked : holding.shown(ranked, state.newest());
    Instant now = ranked.asOf();
    if (newest == null) {
      return r.organic().isEmpty() && !readable.contains(r.key())
          ? Optional.empty()
          : Optional.of(
              Composer.compose(r, now, Optional.empty(), state.baseline(), beyondOtherClocks()));
    }
    // An emptied cache gets a new epoch: readers may have seen newer ones than Mongo's.
    if (!state.cached()) {
      return Optional.of(
          Composer.compose(r, now, state.newest(), state.baseline(), beyondOtherClocks()));
    }
    if (!Composer.sameContent(r, newest)) {
      return Optional.of(
          Composer.compose(r, now, state.newest(), state.baseline(), clock.millis()));
    }
    prove(newest, r);
    if (!state.announced()) {
      announcer.owe(r.key(), newest.epoch());
      trailing.offer(newest);
    }
    return Optional.empty();
  }

  /** For a listing whose newest epoch may be lost: another updater numbered it by its own clock. */
  private long beyondOtherClocks() {
    return clock.millis() + CLOCKS_DIFFER_MS;
  }

  private boolean store(List<Listing> listings, Map<ListingKey, Ranked> ranked, long token) {
    Map<Listing, CompletionStage<PublishResult>> calls = new LinkedHashMap<>();
    for (Listing l : listings) {
      calls.put(l, cache.publish(l, standing.before(l.key()), token));
    }
    List<Ranked> again = new ArrayList<>();
    @Nullable StoreException failure = null;
    for (Map.Entry<Listing, CompletionStage<PublishResult>> call : calls.entrySet()) {
      Listing listing = call.getKey();
      try {
        switch (Await.on(call.getValue(), deadline)) {
          case STORED -> stored(listing, ranked.get(listing.key()));
          case OLDER -> again.add(unclear(listing, ranked));
          case FENCED -> lease.fenced(leaseToken);
        }
      } catch (StoreException e) {
        failure = e;
        again.add(unclear(listing, ranked));
      }
    }
    waiting.giveBack(again);
    if (failure != null) {
      unclear++;
      throw failure;
    }
    return again.isEmpty();
  }

  private void stored(Listing listing, @Nullable Ranked ranked) {
    published.incrementAndGet();
    if (holding != null) {
      holding.published(listing.key());
    }
    standing.stored(listing);
    announcer.owe(listing.key(), listing.epoch());
    // 8 Mongo follows behind, with the newest of each.
    trailing.offer(listing);
    if (ranked != null) {
      prove(listing, ranked);
    }
  }

  /** Unless the listing is held: then it is not what was ranked. */
  private void prove(Listing listing, Ranked ranked) {
    if (evidence != null && !ranked.evidence().isEmpty() && Composer.sameContent(ranked, listing)) {
      evidence.offer(listing, ranked.evidence());
      trailing.prefer(listing);
    }
  }

  private Ranked unclear(Listing listing, Map<ListingKey, Ranked> ranked) {
    standing.forget(listing.key());
    Ranked r = ranked.get(listing.key());
    if (r == null) {
      throw new IllegalStateException("not of this chunk: " + listing.key());
    }
    return r;
  }

  private void announceOwed() {
    announcer.tellOwed().forEach(standing::announced);
  }

  private void publishBoards(@Nullable List<BoardInfo> changed, long token) {
    List<BoardInfo> infos = changed == null && fencedBy != token ? lastBoards : changed;
    if (infos == null) {
      return;
    }
    lastBoards = infos;
    try {
      if (fencedBy != token) {
        found = boardsPublication.standing();
      }
      List<BoardInfo> all = BoardInfos.union(infos, found);
      switch (boardsPublication.publish(all, token, fencedBy != token)) {
        case STORED -> {
          fencedBy = token;
          announcer.tellBoards(boardsPublication.version());
        }
        case OLDER -> waiting.giveBack(infos);
        case FENCED -> lease.fenced(leaseToken);
      }
    } catch (StoreException e) {
      boardsPublication.forget();
      waiting.giveBack(infos);
      throw e;
    }
  }
}
