package io.podium.read;

import io.podium.announce.AnnouncementLog;
import io.podium.config.StoresConfig;
import io.podium.guard.AbsentFilter;
import io.podium.guard.StoreGuard;
import io.podium.guard.StoreGuards;
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
import java.util.stream.Stream;

/** The stores as the engine reads them, each behind its guard. Opening does not wait for them. */
final class Stores implements AutoCloseable {
  /** Products without a card that are remembered, so that asking again costs the stores nothing. */
  private static final int ABSENT = 1 << 16;

  /** A card whose announcement was missed is found this much later. */
  private static final Duration ABSENT_FOR = Duration.ofSeconds(10);

  private final RedisLink redis;
  private final MongoLink mongo;
  private final ListingStore redisListings;
  private final ListingStore mongoListings;
  private final CardStore redisCards;
  private final CardStore mongoCards;
  private final AnnouncementLog announcements;
  private final StoreGuards redisGuards;
  private final StoreGuards mongoGuards;
  private final AbsentFilter absent = new AbsentFilter(ABSENT, ABSENT_FOR, System::nanoTime);

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
    this.redisGuards = StoreGuards.of("redis", fast, config.guards(), System::nanoTime);
    this.mongoGuards = StoreGuards.of("mongo", slow, config.guards(), System::nanoTime);
  }

  ListingReads listings() {
    return new ListingReads(redisListings, redisGuards, mongoListings, mongoGuards);
  }

  CardReads cards() {
    return new CardReads(redisCards, redisGuards, mongoCards, mongoGuards, absent);
  }

  AnnouncementLog announcements() {
    return announcements;
  }

  List<StoreGuard> guards() {
    return Stream.concat(redisGuards.each().stream(), mongoGuards.each().stream()).toList();
  }

  /** Bytes received from Redis since the start. */
  long redisBytes() {
    return redis.bytesReceived();
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
