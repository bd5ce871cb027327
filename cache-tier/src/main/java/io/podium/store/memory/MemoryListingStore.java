package io.podium.store.memory;

import io.podium.listing.Boards;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.store.Check;
import io.podium.store.ListingStore;
import io.podium.store.PublishResult;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Listings on the heap; history grows until it is pruned. Completes on the caller's thread. */
public final class MemoryListingStore implements ListingStore {
  // All guarded by this.
  private final Map<ListingKey, NavigableMap<Long, Listing>> listings = new HashMap<>();
  private Boards boards = Boards.NONE;
  private long fence;

  @Override
  public synchronized CompletionStage<Optional<Listing>> find(ListingKey key) {
    NavigableMap<Long, Listing> epochs = epochs(key);
    return done(epochs.isEmpty() ? Optional.empty() : Optional.of(epochs.lastEntry().getValue()));
  }

  @Override
  public synchronized CompletionStage<Optional<Listing>> findEpoch(ListingKey key, long epoch) {
    return done(Optional.ofNullable(epochs(key).get(epoch)));
  }

  @Override
  public synchronized CompletionStage<Optional<Listing>> findAsOf(ListingKey key, Instant moment) {
    return done(
        epochs(key).descendingMap().values().stream()
            .filter(l -> !l.shownFrom().isAfter(moment))
            .findFirst());
  }

  @Override
  public synchronized CompletionStage<List<Listing>> history(
      ListingKey key, long afterEpoch, int limit) {
    return done(
        epochs(key).tailMap(afterEpoch, false).values().stream()
            .limit(Math.max(1, limit))
            .toList());
  }

  @Override
  public synchronized CompletionStage<Map<ListingKey, Long>> epochs(Collection<ListingKey> keys) {
    Map<ListingKey, Long> found = new HashMap<>();
    for (ListingKey key : keys) {
      NavigableMap<Long, Listing> epochs = epochs(key);
      if (!epochs.isEmpty()) {
        found.put(key, epochs.lastKey());
      }
    }
    return done(found);
  }

  @Override
  public synchronized CompletionStage<PublishResult> publish(
      Listing listing, Optional<Listing> before, long token) {
    if (isFenced(token)) {
      return done(PublishResult.FENCED);
    }
    NavigableMap<Long, Listing> epochs =
        listings.computeIfAbsent(listing.key(), k -> new TreeMap<>());
    if (!epochs.isEmpty() && epochs.lastKey() >= listing.epoch()) {
      return done(PublishResult.OLDER);
    }
    epochs.put(listing.epoch(), listing);
    return done(PublishResult.STORED);
  }

  @Override
  public synchronized CompletionStage<Boards> boards() {
    return done(boards);
  }

  @Override
  public synchronized CompletionStage<Long> boardsVersion() {
    return done(boards.version());
  }

  @Override
  public synchronized CompletionStage<PublishResult> publishBoards(Boards document, long token) {
    if (isFenced(token)) {
      return done(PublishResult.FENCED);
    }
    if (boards.version() >= document.version()) {
      return done(PublishResult.OLDER);
    }
    boards = document;
    return done(PublishResult.STORED);
  }

  private boolean isFenced(long token) {
    if (token < fence) {
      return true;
    }
    fence = token;
    return false;
  }

  @Override
  public synchronized CompletionStage<Void> prune(ListingKey key, Instant before, long since) {
    NavigableMap<Long, Listing> epochs = epochs(key);
    Long current = epochs.floorKey(since);
    if (current != null) {
      epochs.headMap(current, false).values().removeIf(l -> l.shownFrom().isBefore(before));
    }
    return CompletableFuture.completedFuture(null);
  }

  private NavigableMap<Long, Listing> epochs(ListingKey key) {
    NavigableMap<Long, Listing> epochs = listings.get(key);
    return epochs == null ? new TreeMap<>() : epochs;
  }

  @Override
  public CompletionStage<Check> check() {
    return done(new Check("memory", true, "answers"));
  }

  @Override
  public void close() {}

  private static <T> CompletionStage<T> done(T answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
