package io.podium.read.refresh;

import io.podium.card.Card;
import io.podium.listing.Boards;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.store.StoreException;
import io.podium.store.tiered.CardReads;
import io.podium.store.tiered.ListingReads;
import io.podium.store.tiered.Read;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads through the stores, with the answers brought to the workers, and the fallbacks counted.
 * Fails only when neither store answers.
 */
final class StoreReads {
  private final ListingReads listings;
  private final CardReads cards;
  private final Executor workers;
  private final LongAdder fallbacks = new LongAdder();

  StoreReads(ListingReads listings, CardReads cards, Executor workers) {
    this.listings = listings;
    this.cards = cards;
    this.workers = workers;
  }

  /**
   * @param held an epoch of it, of which only what changed since is fetched; null for none
   */
  CompletableFuture<Found<Optional<Listing>>> listing(ListingKey key, @Nullable Listing held) {
    return found(held == null ? listings.find(key) : listings.findSince(held), Optional::isPresent);
  }

  CompletableFuture<Found<Optional<Listing>>> epoch(ListingKey key, long epoch) {
    return found(listings.findEpoch(key, epoch), Optional::isPresent);
  }

  CompletableFuture<Found<List<Listing>>> history(ListingKey key, long after, int limit) {
    return found(listings.history(key, after, limit));
  }

  CompletableFuture<Found<Map<ListingKey, Long>>> epochs(Collection<ListingKey> keys) {
    return found(listings.epochs(keys));
  }

  CompletableFuture<Found<Boards>> boards() {
    return found(listings.boards());
  }

  CompletableFuture<Found<Long>> boardsVersion() {
    return found(listings.boardsVersion());
  }

  /** Cards that are there; stale when there may be more than could be found. */
  CompletableFuture<Found<Map<String, Card>>> cards(Collection<String> ids) {
    CompletableFuture<Read<Map<String, Card>>> read = cards.find(ids);
    return found(read)
        .thenApply(
            found -> read.join().isPartial() ? new Found<>(found.value(), Found.HOT) : found);
  }

  /** The product may have a card from now on. */
  void cardChanged(String id) {
    cards.changed(id);
  }

  /** Any product may have a card from now on. */
  void anyCardChanged() {
    cards.forgetAbsent();
  }

  private <T> CompletableFuture<Found<T>> found(CompletionStage<Read<T>> read) {
    return found(read, value -> true);
  }

  /**
   * Failures are brought to the workers too: what stands in for the stores is looked up there.
   *
   * @param isEnough whether the value can stand although the tier that may know more did not answer
   */
  private <T> CompletableFuture<Found<T>> found(
      CompletionStage<Read<T>> read, Predicate<T> isEnough) {
    return read.toCompletableFuture()
        .handleAsync(
            (answer, failure) -> {
              if (failure != null) {
                throw Failures.as(failure);
              }
              if (answer.isPartial() && !isEnough.test(answer.value())) {
                throw new StoreException(
                    StoreException.Kind.AWAY, String.join("; ", answer.reasons()), null);
              }
              return found(answer);
            },
            workers);
  }

  private <T> Found<T> found(Read<T> read) {
    String tier = read.source() == Read.Source.REDIS ? Found.REDIS : Found.MONGO;
    if (read.reasons().isEmpty()) {
      return new Found<>(read.value(), tier);
    }
    fallbacks.increment();
    return new Found<>(read.value(), tier + "; " + String.join("; ", read.reasons()));
  }

  /** Reads that needed more than the first tier. */
  long fallbacks() {
    return fallbacks.sum();
  }
}
