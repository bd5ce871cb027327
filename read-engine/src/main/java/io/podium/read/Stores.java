package io.podium.read;

import io.podium.announce.AnnouncementLog;
import io.podium.config.StoresConfig;
import io.podium.guard.StoreGuard;
import io.podium.store.CardStore;
import io.podium.store.Check;
import io.podium.store.ListingStore;
import io.podium.store.mongo.MongoCardStore;
import io.podium.store.mongo.MongoLink;
import io.podium.store.mongo.MongoListingStore;
import io.podium.store.redis.RedisAnnouncementLog;
import io.podium.store.redis.RedisCardStore;
import io.podium.store.redis.RedisLink;
import io.podium.store.redis.RedisListingStore;
import io.podium.store.tiered.CardReads;
import io.podium.store.tiered.ListingReads;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The stores as the engine reads them, each behind its guard. Opening does not wait for them. */
final class Stores implements AutoCloseable {
  /** Calls in flight to one store: more than this queue up there and make it slower. */
  private static final int CALLS = 512;

  private final RedisLink redis;
  private final MongoLink mongo;
  private final ListingStore redisListings;
  private final ListingStore mongoListings;
  private final CardStore redisCards;
  private final CardStore mongoCards;
  private final AnnouncementLog announcements;
  private final StoreGuard redisGuard;
  private final StoreGuard mongoGuard;

  Stores(StoresConfig config) {
    this.redis = RedisLink.open("redis-cache", config.cache(), config.redis());
    this.mongo = MongoLink.open(config.mongo(), config.database(), config.mongoLimits());
    this.redisListings = new RedisListingStore(redis);
    this.redisCards = new RedisCardStore(redis);
    this.announcements = new RedisAnnouncementLog(redis);
    this.mongoListings = new MongoListingStore(mongo);
    this.mongoCards = new MongoCardStore(mongo);
    Duration fast = config.redis().read().multipliedBy(2);
    Duration slow = config.mongoLimits().read().plus(config.mongoLimits().select());
    this.redisGuard = StoreGuard.standard("redis", fast, CALLS, System::nanoTime);
    this.mongoGuard = StoreGuard.standard("mongo", slow, CALLS, System::nanoTime);
  }

  ListingReads listings() {
    return new ListingReads(redisListings, redisGuard, mongoListings, mongoGuard);
  }

  CardReads cards() {
    return new CardReads(redisCards, redisGuard, mongoCards, mongoGuard);
  }

  AnnouncementLog announcements() {
    return announcements;
  }

  List<StoreGuard> guards() {
    return List.of(redisGuard, mongoGuard);
  }

  List<Supplier<CompletionStage<Check>>> checks() {
    return List.of(redisListings::check, mongoListings::check);
  }

  @Override
  public void close() {
    announcements.close();
    redisListings.close();
    redisCards.close();
    mongoListings.close();
    mongoCards.close();
    redis.close();
    mongo.close();
  }
}
