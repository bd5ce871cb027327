package io.podium.ranking.run;

import io.podium.listing.Boards;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.ranking.stream.Await;
import io.podium.store.ListingStore;
import io.podium.store.PublishResult;
import io.podium.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Mongo, behind Redis: of each listing the newest waits until Mongo has it, however long Mongo is
 * away. {@link #offer} from the publisher's thread, {@link #runCycle} on a thread of its own.
 */
public final class TrailingStore {
  private static final int CHUNK = 32;
  private static final long PRUNE_EVERY_MS = 600_000;

  private final ListingStore mongo;
  private final Lease lease;
  private final Movement movement;
  private final Duration every;
  private final Duration keep;
  private final Clock clock;
  private final Duration deadline;
  private final Map<ListingKey, Listing> waiting = new LinkedHashMap<>();

  /** Epochs that go first, as their evidence is kept: at most one of each listing. */
  private final Map<ListingKey, Listing> preferred = new HashMap<>();

  private final Map<ListingKey, Long> takenAt = new HashMap<>();
  private final Map<ListingKey, Long> prunedAt = new HashMap<>();
  private @Nullable Boards boards;
  private boolean lost;

  /**
   * @param every least time between two writes of one listing: a listing that changes several times
   *     a second would fill the disk with epochs that nobody asks for
   * @param keep how long Mongo keeps epochs
   */
  public TrailingStore(
      ListingStore mongo,
      Lease lease,
      Movement movement,
      Duration every,
      Duration keep,
      Clock clock,
      Duration deadline) {
    this.mongo = mongo;
    this.lease = lease;
    this.movement = movement;
    this.every = every;
    this.keep = keep;
    this.clock = clock;
    this.deadline = deadline;
  }

  ListingStore store() {
    return mongo;
  }

  synchronized void offer(Listing listing) {
    waiting.merge(listing.key(), listing, (a, b) -> a.epoch() > b.epoch() ? a : b);
  }

  /** If this epoch waits still, a newer one does not take its place. */
  synchronized void prefer(Listing listing) {
    Listing newest = waiting.get(listing.key());
    if (newest != null && newest.epoch() == listing.epoch()) {
      preferred.put(listing.key(), listing);
    }
  }

  /** It was not taken: at the next cycle, whatever the pace. */
  private synchronized void again(Listing listing) {
    takenAt.remove(listing.key());
    offer(listing);
  }

  synchronized void offer(Boards newest) {
    if (boards == null || boards.version() < newest.version()) {
      boards = newest;
    }
  }

  /** Listings that Mongo does not have yet. */
  public synchronized int waiting() {
    return waiting.size();
  }

  /**
   * Writes some of what waits.
   *
   * @return whether there was anything to do
   * @throws StoreException when Mongo failed; what it did not take waits on
   */
  public boolean runCycle() {
    OptionalLong held = lease.token();
    if (held.isEmpty()) {
      giveUp();
      return false;
    }
    long token = Fence.number(held.getAsLong(), 0);
    boolean some = writeBoards(token);
    List<Listing> chunk = take();
    try {
      List<PublishResult> results = Await.on(mongo.publishAll(chunk, token), deadline);
      for (int i = 0; i < chunk.size(); i++) {
        switch (results.get(i)) {
          case STORED -> prune(chunk.get(i));
          case OLDER -> {}
          case FENCED -> lease.fenced(held.getAsLong());
        }
      }
    } catch (StoreException e) {
      // What was stored all the same is found to be so.
      chunk.forEach(this::again);
      throw e;
    }
    return some || !chunk.isEmpty();
  }

  /**
   * Now and then, per listing, and not all at once in the beginning of a life. A failure is of no
   * harm: the next one drops the same and more.
   */
  private void prune(Listing stored) {
    long last = prunedAt.computeIfAbsent(stored.key(), k -> stored.epoch() - spread(k));
    if (stored.epoch() - last > PRUNE_EVERY_MS) {
      prunedAt.put(stored.key(), stored.epoch());
      Duration reach = movement.by(stored.key().board()).multipliedBy(2);
      Instant before = stored.shownFrom().minus(keep.compareTo(reach) > 0 ? keep : reach);
      var unused = mongo.prune(stored.key(), before, stored.epoch());
    }
  }

  private static long spread(ListingKey key) {
    return Math.floorMod(key.hashCode(), PRUNE_EVERY_MS);
  }

  private boolean writeBoards(long token) {
    Boards next;
    synchronized (this) {
      next = boards;
      boards = null;
    }
    if (next == null) {
      return false;
    }
    try {
      Await.on(mongo.publishBoards(next, token), deadline);
      return true;
    } catch (StoreException e) {
      offer(next);
      throw e;
    }
  }

  private synchronized List<Listing> take() {
    List<Listing> chunk = new ArrayList<>();
    long now = clock.millis();
    Iterator<Listing> all = waiting.values().iterator();
    while (all.hasNext() && chunk.size() < CHUNK) {
      Listing next = all.next();
      if (Pace.isOver(takenAt.getOrDefault(next.key(), 0L), now, every.toMillis())) {
        takenAt.put(next.key(), now);
        Listing first = preferred.remove(next.key());
        chunk.add(first == null ? next : first);
        if (first == null || first.epoch() == next.epoch()) {
          all.remove();
        }
      }
    }
    return chunk;
  }

  private synchronized void giveUp() {
    if (!waiting.isEmpty() || boards != null) {
      waiting.clear();
      preferred.clear();
      boards = null;
      lost = true;
    }
  }

  /** Whether something that was offered has been dropped since the last call. */
  synchronized boolean takeLost() {
    boolean was = lost;
    lost = false;
    return was;
  }
}
