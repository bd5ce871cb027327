package io.podium.store.tiered;

import io.podium.card.Card;
import io.podium.store.CardStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Keeps the cards of the cache role whole. A change that meets an emptied Redis would make a card
 * of that change alone there, and hide the whole one in Mongo; so what Redis lacks is fetched from
 * Mongo and merged along. Merging commutes, so it does not matter what arrives meanwhile.
 */
public final class CardWrites {
  private final CardStore redis;
  private final CardStore mongo;

  public CardWrites(CardStore redis, CardStore mongo) {
    this.redis = redis;
    this.mongo = mongo;
  }

  /**
   * Merges the changes into Redis and tells whose card changed there; Mongo follows by a call of
   * its own. While Mongo is away, cards that Redis lacks are made of the change alone and named in
   * {@link Outcome#partial}.
   */
  public CompletionStage<Outcome> merge(Collection<Card> changes) {
    Set<String> ids = changes.stream().map(Card::productId).collect(Collectors.toSet());
    return redis
        .find(ids)
        .thenCompose(
            held -> {
              List<String> lacking = ids.stream().filter(id -> !held.containsKey(id)).toList();
              return lacking.isEmpty()
                  ? merge(changes, Map.of(), List.of())
                  : mergeWithBase(changes, lacking);
            });
  }

  private CompletionStage<Outcome> mergeWithBase(Collection<Card> changes, List<String> lacking) {
    return mongo
        .find(lacking)
        .thenApply(Optional::of)
        .exceptionally(failure -> Optional.empty())
        .thenCompose(
            base ->
                base.isPresent()
                    ? merge(changes, base.get(), List.of())
                    : merge(changes, Map.of(), lacking));
  }

  private CompletionStage<Outcome> merge(
      Collection<Card> changes, Map<String, Card> base, List<String> partial) {
    List<Card> all = new ArrayList<>(base.values());
    all.addAll(changes);
    return redis.merge(all).thenApply(changed -> new Outcome(changed, partial));
  }

  /** Merges what Mongo holds of these products into Redis. */
  public CompletionStage<List<String>> heal(Collection<String> productIds) {
    return productIds.isEmpty()
        ? CompletableFuture.completedFuture(List.of())
        : mongo.find(productIds).thenCompose(base -> redis.merge(base.values()));
  }

  /**
   * @param changed products whose card changed in Redis
   * @param partial products whose card in Redis may lack members that only Mongo has: {@link #heal}
   *     them when Mongo is back
   */
  public record Outcome(List<String> changed, List<String> partial) {}
}
