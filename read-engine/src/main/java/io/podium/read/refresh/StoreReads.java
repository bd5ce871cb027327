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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads through the stores, with the answers brought to the workers, and the fallbacks counted.
 * Fails only when neither store answers.
 */
public final class StoreReads {
  /** Where from. */
  public record From(ListingReads listings, CardReads cards) {}

  private final ListingReads listings;
  private final CardReads cards;
  private final Executor workers;
  private final LongAdder fallbacks = new LongAdder();

  StoreReads(From from, Executor workers) {
    this.listings = from.listings();
    this.cards = from.cards();
    this.workers = workers;
  }

  /**
   * @param held an epoch of it, of which only what changed since is fetched; null for none
   */
  CompletableFuture<Found<Optional<Listing>>> listing(ListingKey key, @Nullable Listing held) {
    return found(held == null ? listings.find(key) : listings.findSince(held), this::certain);
  }

  CompletableFuture<Found<Optional<Listing>>> epoch(ListingKey key, long epoch) {
    return found(listings.findEpoch(key, epoch), this::certain);
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
    return found(
        cards.find(ids),
        read -> {
          Found<Map<String, Card>> found = found(read);
          return read.isPartial() ? new Found<>(found.value(), Found.HOT) : found;
        });
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
    return found(read, this::found);
  }

  /** Failures are brought to the workers too: what stands in for the stores is looked up there. */
  private <T> CompletableFuture<Found<T>> found(
      CompletionStage<Read<T>> read, Function<Read<T>, Found<T>> how) {
    return read.toCompletableFuture()
        .handleAsync(
            (answer, failure) -> {
              if (failure != null) {
                throw Failures.as(failure);
              }
              return how.apply(answer);
            },
            workers);
  }

  /** Nothing is an answer only when whoever may know more was asked. */
  private Found<Optional<Listing>> certain(Read<Optional<Listing>> read) {
    if (read.isPartial() && read.value().isEmpty()) {
      throw new StoreException(StoreException.Kind.AWAY, String.join("; ", read.reasons()), null);
    }
    return found(read);
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
