package io.podium.store.tiered;

import io.podium.guard.StoreGuards;
import io.podium.listing.Boards;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.store.ListingStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Listings from Redis, else from Mongo. A read fails with {@link io.podium.store.StoreException}
 * only when neither answers; its message is both reasons.
 */
public final class ListingReads {
  private final ListingStore redis;
  private final ListingStore mongo;
  private final Tiers newest;
  private final Tiers past;

  /**
   * @param redisGuards stand before every call to {@code redis}, as {@code mongoGuards} before
   *     {@code mongo}
   */
  public ListingReads(
      ListingStore redis, StoreGuards redisGuards, ListingStore mongo, StoreGuards mongoGuards) {
    this.redis = redis;
    this.mongo = mongo;
    this.newest = new Tiers(redisGuards.listings(), mongoGuards.listings());
    this.past = new Tiers(redisGuards.history(), mongoGuards.history());
  }

  /** The newest listing; empty only when no tier that answered has one. */
  public CompletionStage<Read<Optional<Listing>>> find(ListingKey key) {
    return newest.read(() -> redis.find(key), Optional::isPresent, () -> mongo.find(key));
  }

  /** As {@link #find}, for somebody who holds an epoch of it: fewer bytes of Redis. */
  public CompletionStage<Read<Optional<Listing>>> findSince(Listing held) {
    return newest.read(
        () -> redis.findSince(held), Optional::isPresent, () -> mongo.find(held.key()));
  }

  /** Exactly this epoch. */
  public CompletionStage<Read<Optional<Listing>>> findEpoch(ListingKey key, long epoch) {
    return past.read(
        () -> redis.findEpoch(key, epoch), Optional::isPresent, () -> mongo.findEpoch(key, epoch));
  }

  /** Epochs after {@code afterEpoch}, oldest first. */
  public CompletionStage<Read<List<Listing>>> history(ListingKey key, long afterEpoch, int limit) {
    return past.read(
        () -> redis.history(key, afterEpoch, limit),
        list -> !list.isEmpty(),
        () -> mongo.history(key, afterEpoch, limit));
  }

  /**
   * Newest epochs, without data, as far as the tier that answered knows them: to find out what is
   * stale. What Redis does not hold is not looked for in Mongo.
   */
  public CompletionStage<Read<Map<ListingKey, Long>>> epochs(Collection<ListingKey> keys) {
    return newest.read(() -> redis.epochs(keys), epochs -> true, () -> mongo.epochs(keys));
  }

  public CompletionStage<Read<Boards>> boards() {
    return newest.read(redis::boards, boards -> boards.version() > 0, mongo::boards);
  }

  /** Version of the boards, without the document: to find out whether to fetch it. */
  public CompletionStage<Read<Long>> boardsVersion() {
    return newest.read(redis::boardsVersion, version -> version > 0, mongo::boardsVersion);
  }
}
