package io.podium.store.tiered;

import io.podium.card.Card;
import io.podium.guard.StoreGuard;
import io.podium.store.CardStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Cards from Redis, and those that are not there from Mongo; failures as {@link ListingReads}. */
public final class CardReads {
  private final CardStore redis;
  private final CardStore mongo;
  private final StoreGuard redisGuard;
  private final StoreGuard mongoGuard;
  private final Tiers tiers;

  public CardReads(CardStore redis, StoreGuard redisGuard, CardStore mongo, StoreGuard mongoGuard) {
    this.redis = redis;
    this.mongo = mongo;
    this.redisGuard = redisGuard;
    this.mongoGuard = mongoGuard;
    this.tiers = new Tiers(redisGuard, mongoGuard);
  }

  /** Cards that are there, by product id. Products without a card are asked for in both tiers. */
  public CompletableFuture<Read<Map<String, Card>>> find(Collection<String> productIds) {
    Set<String> ids = new HashSet<>(productIds);
    if (ids.isEmpty()) {
      return CompletableFuture.completedFuture(new Read<>(Map.of(), Read.Source.REDIS, List.of()));
    }
    return redisGuard
        .call(() -> redis.find(ids))
        .thenCompose(found -> complete(ids, found))
        // Completing never fails, so this failure is Redis's.
        .exceptionallyCompose(
            failure -> tiers.fallBack(() -> mongo.find(ids), redisGuard.reason(failure)));
  }

  private CompletableFuture<Read<Map<String, Card>>> complete(
      Set<String> ids, Map<String, Card> found) {
    Set<String> missing = new HashSet<>(ids);
    missing.removeAll(found.keySet());
    if (missing.isEmpty()) {
      return CompletableFuture.completedFuture(new Read<>(found, Read.Source.REDIS, List.of()));
    }
    String reason = redisGuard.store() + "-missing";
    return mongoGuard
        .call(() -> mongo.find(missing))
        .handle(
            (rest, failure) -> {
              if (failure != null) {
                return new Read<>(
                    found, Read.Source.REDIS, List.of(reason, mongoGuard.reason(failure)));
              }
              Map<String, Card> both = new HashMap<>(found);
              both.putAll(rest);
              return new Read<>(both, Read.Source.MONGO, List.of(reason));
            });
  }
}
