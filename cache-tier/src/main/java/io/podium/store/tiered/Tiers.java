package io.podium.store.tiered;

import io.podium.guard.StoreGuard;
import io.podium.store.StoreException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Redis, else Mongo: the one method that every read goes through. */
final class Tiers {
  private final StoreGuard redis;
  private final StoreGuard mongo;

  Tiers(StoreGuard redis, StoreGuard mongo) {
    this.redis = redis;
    this.mongo = mongo;
  }

  /**
   * Asks Redis; when it fails, or its answer is not enough, asks Mongo. When Mongo fails too, an
   * answer of Redis that was not enough stands, with both reasons; without one the read fails.
   */
  <T> CompletableFuture<Read<T>> read(
      Supplier<? extends CompletionStage<T>> fromRedis,
      Predicate<T> isEnough,
      Supplier<? extends CompletionStage<T>> fromMongo) {
    return redis
        .call(fromRedis)
        .thenCompose(
            value ->
                isEnough.test(value)
                    ? CompletableFuture.completedFuture(
                        new Read<>(value, Read.Source.REDIS, List.of()))
                    : orKeep(value, fromMongo))
        // Neither branch above fails, so this failure is Redis's.
        .exceptionallyCompose(failure -> fallBack(fromMongo, redis.reason(failure)));
  }

  <T> CompletableFuture<Read<T>> fallBack(
      Supplier<? extends CompletionStage<T>> fromMongo, String reason) {
    return mongo
        .call(fromMongo)
        .handle(
            (value, failure) -> {
              if (failure == null) {
                return new Read<>(value, Read.Source.MONGO, List.of(reason));
              }
              throw new StoreException(
                  StoreException.Kind.AWAY, reason + "; " + mongo.reason(failure), failure);
            });
  }

  private <T> CompletableFuture<Read<T>> orKeep(
      T fromRedis, Supplier<? extends CompletionStage<T>> fromMongo) {
    String missing = redis.store() + "-missing";
    return mongo
        .call(fromMongo)
        .handle(
            (value, failure) ->
                failure == null
                    ? new Read<>(value, Read.Source.MONGO, List.of(missing))
                    : new Read<>(
                        fromRedis, Read.Source.REDIS, List.of(missing, mongo.reason(failure))));
  }
}
