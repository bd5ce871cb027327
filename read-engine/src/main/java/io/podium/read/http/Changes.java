package io.podium.read.http;

import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.read.overload.PerAddress;
import io.podium.read.refresh.Follower;
import io.vertx.core.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Who listens to which listing, over all event loops; bounded in number, in total and by address.
 * Safe from any thread.
 */
public final class Changes implements Follower {
  private final int limit;
  private final PerAddress perAddress;
  private final ConcurrentMap<ListingKey, Set<Listener>> listeners = new ConcurrentHashMap<>();
  private final ConcurrentMap<ListingKey, Listing> newest = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong refusedByAddress = new AtomicLong();

  /** A client; {@link #published} must return at once. */
  interface Listener {
    void published(Listing listing);

    /** The engine stops: the client finds another one and resumes. */
    void stop();

    /** As {@link Changes#address} said. */
    Object address();
  }

  /**
   * @param limit clients at most
   * @param perAddress of those, of one address; 0 for no limit
   */
  public Changes(int limit, int perAddress) {
    this.limit = limit;
    this.perAddress = new PerAddress(perAddress);
  }

  /** What counts as one client's address. */
  Object address(SocketAddress client) {
    return perAddress.address(client);
  }

  /** False when there are too many clients already, in total or of its address. */
  boolean add(ListingKey key, Listener listener) {
    if (count.incrementAndGet() > limit) {
      count.decrementAndGet();
      refused.incrementAndGet();
      return false;
    }
    if (!perAddress.enter(listener.address())) {
      count.decrementAndGet();
      refusedByAddress.incrementAndGet();
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
            perAddress.leave(listener.address());
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

  /** Clients beyond the limit for all. */
  public long refused() {
    return refused.get();
  }

  /** Clients beyond the limit for one address. */
  public long refusedByAddress() {
    return refusedByAddress.get();
  }

  /** Clients that were cut because they did not keep up. */
  public long dropped() {
    return dropped.get();
  }
}
