package io.podium.ranking.run;

import io.opentelemetry.api.trace.Span;
import io.podium.listing.Boards;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.store.Check;
import io.podium.store.ListingStore;
import io.podium.store.PublishResult;
import io.podium.trace.Traces;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A store that tells each publication as a span; all else passes. As thread-safe as the store. */
final class TracedListings implements ListingStore {
  private final ListingStore store;
  private final Traces traces;

  private TracedListings(ListingStore store, Traces traces) {
    this.store = store;
    this.traces = traces;
  }

  /** The store itself while traces are off. */
  static ListingStore over(ListingStore store, Traces traces) {
    return traces.isOn() ? new TracedListings(store, traces) : store;
  }

  @Override
  public CompletionStage<PublishResult> publish(
      Listing listing, Optional<Listing> before, long token) {
    Span span = traces.begin("publish listing", null);
    span.setAttribute("podium.board", listing.key().board());
    span.setAttribute("podium.slice", listing.key().slice().values().toString());
    span.setAttribute("podium.epoch", listing.epoch());
    return ended(span, store.publish(listing, before, token));
  }

  @Override
  public CompletionStage<PublishResult> publishBoards(Boards boards, long token) {
    Span span = traces.begin("publish boards", null);
    span.setAttribute("podium.version", boards.version());
    return ended(span, store.publishBoards(boards, token));
  }

  private static CompletionStage<PublishResult> ended(
      Span span, CompletionStage<PublishResult> publication) {
    return publication.whenComplete(
        (result, failure) -> {
          span.setAttribute("podium.result", String.valueOf(result));
          Traces.end(span, failure);
        });
  }

  @Override
  public CompletionStage<Optional<Listing>> find(ListingKey key) {
    return store.find(key);
  }

  @Override
  public CompletionStage<Optional<Listing>> findEpoch(ListingKey key, long epoch) {
    return store.findEpoch(key, epoch);
  }

  @Override
  public CompletionStage<Optional<Listing>> findAsOf(ListingKey key, Instant moment) {
    return store.findAsOf(key, moment);
  }

  @Override
  public CompletionStage<List<Listing>> history(ListingKey key, long afterEpoch, int limit) {
    return store.history(key, afterEpoch, limit);
  }

  @Override
  public CompletionStage<Map<ListingKey, Long>> epochs(Collection<ListingKey> keys) {
    return store.epochs(keys);
  }

  @Override
  public CompletionStage<Long> boardsVersion() {
    return store.boardsVersion();
  }

  @Override
  public CompletionStage<Boards> boards() {
    return store.boards();
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
  public void close() {
    store.close();
  }
}
