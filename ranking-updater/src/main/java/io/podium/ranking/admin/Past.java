package io.podium.ranking.admin;

import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.ranking.stream.Await;
import io.podium.store.ListingStore;
import io.podium.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Published epochs: the cache role has the last of them all, Mongo what its pace and age leave. */
final class Past {
  private static final int AT_ONCE = 4;

  private final ListingStore cache;
  private final ListingStore mongo;

  Past(ListingStore cache, ListingStore mongo) {
    this.cache = cache;
    this.mongo = mongo;
  }

  Optional<Listing> newest(ListingKey key) {
    return first(s -> s.find(key));
  }

  Optional<Listing> epoch(ListingKey key, long epoch) {
    return first(s -> s.findEpoch(key, epoch));
  }

  Optional<Listing> asOf(ListingKey key, Instant moment) {
    return first(s -> s.findAsOf(key, moment));
  }

  /** Epochs after that one, oldest first, as Mongo has them. */
  List<Listing> after(ListingKey key, long epoch, int limit) {
    return Await.on(mongo.history(key, epoch, limit), Desk.DEADLINE);
  }

  private Optional<Listing> first(Function<ListingStore, CompletionStage<Optional<Listing>>> call) {
    Optional<Listing> found = Optional.empty();
    StoreException failure = null;
    for (ListingStore store : List.of(cache, mongo)) {
      try {
        found = Await.on(call.apply(store), Desk.DEADLINE);
      } catch (StoreException e) {
        failure = e;
      }
      if (found.isPresent()) {
        return found;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return found;
  }

  /**
   * What stood there at evenly spread moments, from the first epoch that is kept, the last at
   * {@code until}. Some look-ups, however many epochs lie between.
   */
  List<Listing> samples(ListingKey key, Instant from, Instant until, int points) {
    List<Listing> kept = after(key, from.toEpochMilli() - 1, 1);
    if (kept.isEmpty()) {
      return List.of();
    }
    long first = Math.max(from.toEpochMilli(), kept.get(0).shownFrom().toEpochMilli());
    long length = until.toEpochMilli() - first;
    List<Listing> samples = new ArrayList<>();
    for (int i = 0; i < points; i += AT_ONCE) {
      List<CompletionStage<Optional<Listing>>> calls = new ArrayList<>();
      for (int j = i; j < Math.min(points, i + AT_ONCE); j++) {
        Instant moment = Instant.ofEpochMilli(first + length * (j + 1) / points);
        calls.add(mongo.findAsOf(key, moment));
      }
      calls.forEach(c -> Await.on(c, Desk.DEADLINE).ifPresent(samples::add));
    }
    return samples;
  }
}
