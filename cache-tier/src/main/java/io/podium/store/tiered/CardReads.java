package io.podium.store.tiered;

import io.podium.card.Card;
import io.podium.guard.AbsentFilter;
import io.podium.guard.StoreGuard;
import io.podium.guard.StoreGuards;
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
  private final AbsentFilter absent;

  /**
   * @param absent remembers products without a card
   */
  public CardReads(
      CardStore redis,
      StoreGuards redisGuards,
      CardStore mongo,
      StoreGuards mongoGuards,
      AbsentFilter absent) {
    this.redis = redis;
    this.mongo = mongo;
    this.redisGuard = redisGuards.cards();
    this.mongoGuard = mongoGuards.cards();
    this.absent = absent;
    this.tiers = new Tiers(redisGuard, mongoGuard);
  }

  /**
   * Cards that are there, by product id. Products without a card are asked for in both tiers, and
   * then not again for a while, unless {@link #changed} says that they may have one.
   */
  public CompletableFuture<Read<Map<String, Card>>> find(Collection<String> productIds) {
    Set<String> ids = new HashSet<>(productIds);
    ids.removeIf(absent::isAbsent);
    if (ids.isEmpty()) {
      return CompletableFuture.completedFuture(new Read<>(Map.of(), Read.Source.REDIS, List.of()));
    }
    long began = absent.now();
    return redisGuard
        .call(() -> redis.find(ids))
        .thenCompose(found -> complete(ids, found, began))
        // Completing never fails, so this failure is Redis's.
        .exceptionallyCompose(
            failure -> tiers.fallBack(() -> mongo.find(ids), redisGuard.reason(failure)));
  }

  private CompletableFuture<Read<Map<String, Card>>> complete(
      Set<String> ids, Map<String, Card> found, long began) {
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
              missing.removeAll(rest.keySet());
              missing.forEach(id -> absent.absent(id, began));
              return new Read<>(both, Read.Source.MONGO, List.of(reason));
            });
  }

  /** The product may have a card from now on. */
  public void changed(String productId) {
    absent.changed(productId);
  }

  /** Any product may have a card from now on. */
  public void forgetAbsent() {
    absent.forgetAll();
  }
}
