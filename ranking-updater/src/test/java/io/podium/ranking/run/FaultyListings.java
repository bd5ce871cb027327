package io.podium.ranking.run;

import io.podium.listing.Boards;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.store.Check;
import io.podium.store.ListingStore;
import io.podium.store.PublishResult;
import io.podium.store.StoreException;
import io.podium.store.memory.MemoryListingStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A store whose calls meet faults, and that watches what must never happen. */
final class FaultyListings implements ListingStore {
  private final Faults faults;
  private final Map<ListingKey, Long> newest = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private ListingStore store = new MemoryListingStore();
  private int lives;
  private long greatestToken;

  FaultyListings(Faults faults) {
    this.faults = faults;
  }

  /**
   * It is emptied, as a cache may be that is started anew: its fence is gone as well, and whatever
   * was on the way to it.
   */
  void wipe() {
    lives++;
    store = new MemoryListingStore();
    newest.clear();
    greatestToken = 0;
  }

  /** The store itself, without faults. */
  ListingStore sound() {
    return store;
  }

  /** What must never happen, and did. */
  List<String> violations() {
    return violations;
  }

  @Override
  public CompletionStage<Optional<Listing>> find(ListingKey key) {
    return faults.call(() -> store.find(key));
  }

  @Override
  public CompletionStage<Optional<Listing>> findEpoch(ListingKey key, long epoch) {
    return faults.call(() -> store.findEpoch(key, epoch));
  }

  @Override
  public CompletionStage<Optional<Listing>> findAsOf(ListingKey key, Instant moment) {
    return faults.call(() -> store.findAsOf(key, moment));
  }

  @Override
  public CompletionStage<List<Listing>> history(ListingKey key, long afterEpoch, int limit) {
    return faults.call(() -> store.history(key, afterEpoch, limit));
  }

  @Override
  public CompletionStage<Map<ListingKey, Long>> epochs(Collection<ListingKey> keys) {
    return faults.call(() -> store.epochs(keys));
  }

  @Override
  public CompletionStage<PublishResult> publish(
      Listing listing, Optional<Listing> before, long token) {
    int life = lives;
    return faults.call(() -> ifAlive(life, () -> watched(listing, before, token)));
  }

  private CompletionStage<PublishResult> watched(
      Listing listing, Optional<Listing> before, long token) {
    return store
        .publish(listing, before, token)
        .thenApply(
            result -> {
              if (result == PublishResult.STORED) {
                watch(listing, token);
              }
              return result;
            });
  }

  private CompletionStage<PublishResult> ifAlive(
      int life, Supplier<CompletionStage<PublishResult>> write) {
    return life == lives
        ? write.get()
        : CompletableFuture.failedFuture(
            new StoreException(StoreException.Kind.AWAY, "it was started anew", null));
  }

  private void watch(Listing listing, long token) {
    if (token < greatestToken) {
      violations.add("token " + token + " published after " + greatestToken);
    }
    greatestToken = Math.max(token, greatestToken);
    Long before = newest.put(listing.key(), listing.epoch());
    if (before != null && before >= listing.epoch()) {
      violations.add(listing.key() + ": epoch " + listing.epoch() + " after " + before);
    }
  }

  @Override
  public CompletionStage<Boards> boards() {
    return faults.call(() -> store.boards());
  }

  @Override
  public CompletionStage<Long> boardsVersion() {
    return faults.call(() -> store.boardsVersion());
  }

  @Override
  public CompletionStage<PublishResult> publishBoards(Boards boards, long token) {
    int life = lives;
    return faults.call(
        () ->
            ifAlive(
                life,
                () -> {
                  greatestToken = Math.max(token, greatestToken);
                  return store.publishBoards(boards, token);
                }));
  }

  @Override
  public CompletionStage<Void> prune(ListingKey key, Instant before, long since) {
    return store.prune(key, before, since);
  }

  @Override
  public CompletionStage<Check> check() {
    return store.check();
  }

  @Override
  public void close() {}
}
