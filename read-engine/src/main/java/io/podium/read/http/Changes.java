package io.podium.read.http;

import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.read.refresh.Follower;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Who listens to which listing, over all event loops; bounded in number. Safe from any thread. */
public final class Changes implements Follower {
  private final int limit;
  private final ConcurrentMap<ListingKey, Set<Listener>> listeners = new ConcurrentHashMap<>();
  private final ConcurrentMap<ListingKey, Listing> newest = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();

  /** A client; {@link #published} must return at once. */
  interface Listener {
    void published(Listing listing);

    /** The engine stops: the client finds another one and resumes. */
    void stop();
  }

  /**
   * @param limit clients at most
   */
  public Changes(int limit) {
    this.limit = limit;
  }

  /** False when there are too many clients already. */
  boolean add(ListingKey key, Listener listener) {
    if (count.incrementAndGet() > limit) {
      count.decrementAndGet();
      return false;
    }
    listeners.compute(
        key,
        (k, set) -> {
          Set<Listener> all = set == null ? ConcurrentHashMap.newKeySet() : set;
          all.add(listener);
          return all;
        });
    return true;
  }

  /** Harmless when it is gone already. */
  void remove(ListingKey key, Listener listener) {
    listeners.computeIfPresent(
        key,
        (k, set) -> {
          if (set.remove(listener)) {
            count.decrementAndGet();
          }
          if (set.isEmpty()) {
            newest.remove(k);
            return null;
          }
          return set;
        });
  }

  /** The newest epoch that was fetched since someone listens; null when there was none yet. */
  @Nullable Listing newest(ListingKey key) {
    return newest.get(key);
  }

  @Override
  public Set<ListingKey> followed() {
    return listeners.keySet();
  }

  @Override
  public void published(Listing listing) {
    listeners.computeIfPresent(
        listing.key(),
        (key, set) -> {
          newest.put(key, listing);
          set.forEach(l -> l.published(listing));
          return set;
        });
  }

  /** Ends every stream; clients resume elsewhere. */
  public void stop() {
    listeners.values().forEach(set -> set.forEach(Listener::stop));
  }

  void countDropped() {
    dropped.incrementAndGet();
  }

  public int count() {
    return count.get();
  }

  /** Clients that were cut because they did not keep up. */
  public long dropped() {
    return dropped.get();
  }
}
