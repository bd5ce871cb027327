package io.podium.store;

import io.podium.listing.Boards;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Where published listings live. Every call is non-blocking and safe from any thread; a stage fails
 * with {@link StoreException} when the store is away, too slow or refuses. An older epoch never
 * replaces a newer one, and no reader sees half of a listing.
 */
public interface ListingStore extends AutoCloseable {
  /** The newest listing. */
  CompletionStage<Optional<Listing>> find(ListingKey key);

  /**
   * The newest listing, for somebody who holds an epoch of it: as {@link #find}, but a store may
   * read only what changed since.
   *
   * @param held any epoch, as it was published
   */
  default CompletionStage<Optional<Listing>> findSince(Listing held) {
    return find(held.key());
  }

  /** Exactly this epoch, while history reaches back to it. */
  CompletionStage<Optional<Listing>> findEpoch(ListingKey key, long epoch);

  /**
   * What was shown at the moment: the newest epoch with {@code shownFrom <= moment}, in whole
   * microseconds, while history reaches back.
   */
  CompletionStage<Optional<Listing>> findAsOf(ListingKey key, Instant moment);

  /** Epochs after {@code afterEpoch}, oldest first, at most {@code limit}. */
  CompletionStage<List<Listing>> history(ListingKey key, long afterEpoch, int limit);

  /** Newest epochs, without data; keys that are not there are missing in the answer. */
  CompletionStage<Map<ListingKey, Long>> epochs(Collection<ListingKey> keys);

  /**
   * Stores a listing as the newest and appends it to its history, atomically per listing.
   *
   * @param before the epoch that was published before it, for a compact history; empty when unknown
   * @param token the publisher's fencing token
   */
  CompletionStage<PublishResult> publish(Listing listing, Optional<Listing> before, long token);

  /**
   * The same for several, each for itself; the answers are in their order. A store may send them
   * together. When it fails, some may be stored.
   *
   * @param listings at most one of each key
   */
  default CompletionStage<List<PublishResult>> publishAll(List<Listing> listings, long token) {
    return Batches.together(
        listings.stream().map(l -> publish(l, Optional.empty(), token)).toList());
  }

  CompletionStage<Boards> boards();

  /** Version of the stored {@link #boards}, without the document; 0 when there is none. */
  CompletionStage<Long> boardsVersion();

  CompletionStage<PublishResult> publishBoards(Boards boards, long token);

  /**
   * Drops history with {@code shownFrom} before the moment, as far as it had been replaced already
   * when {@code since} was numbered: the epoch that was the newest then stays, and all that follow.
   */
  CompletionStage<Void> prune(ListingKey key, Instant before, long since);

  CompletionStage<Check> check();

  @Override
  void close();

  /**
   * The first epochs that a history of several had to leave out, as they were damaged, each with
   * the reason. A store whose reads fail instead has none.
   */
  default Set<String> damaged() {
    return Set.of();
  }
}
