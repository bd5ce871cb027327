package io.podium.read;

import io.podium.announce.AnnouncementLog;
import io.podium.config.StoresConfig;
import io.podium.config.StoresConfig.MongoLimits;
import io.podium.guard.AbsentFilter;
import io.podium.guard.StoreGuard;
import io.podium.guard.StoreGuards;
import io.podium.read.refresh.StoreReads;
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

/**
 * The stores as the engine reads them, each behind its guard. Opening does not wait for them.
 *
 * <p>Those who refresh have a connection to Redis and guards of their own: nobody waits for them,
 * so they are given the time that a page has not; a store that is too slow for pages that are
 * missing, as it is for a process that just started, does not keep what is held from becoming
 * fresh.
 */
final class Stores implements AutoCloseable {
  /** Products without a card that are remembered, so that asking again costs the stores nothing. */
  private static final int ABSENT = 1 << 16;

  /** A card whose announcement was missed is found this much later. */
  private static final Duration ABSENT_FOR = Duration.ofSeconds(10);

  private final StoresConfig config;
  private final RedisLink redis;
  private final RedisLink refreshing;
  private final MongoLink mongo;
  private final ListingStore redisListings;
  private final ListingStore mongoListings;
  private final CardStore redisCards;
  private final ListingStore refreshingListings;
  private final CardStore refreshingCards;
  private final CardStore mongoCards;
  private final AnnouncementLog announcements;
  private final StoreGuards redisGuards;
  private final StoreGuards mongoGuards;
  private final StoreGuards redisRefresh;
  private final StoreGuards mongoRefresh;
  private final AbsentFilter absent = new AbsentFilter(ABSENT, ABSENT_FOR, System::nanoTime);

  Stores(StoresConfig config) {
    this.config = config;
    this.redis = RedisLink.open("redis-cache", config.cache(), config.redis());
    this.refreshing = RedisLink.open("redis-cache", config.cache(), config.redis().patient());
    MongoLimits limits = config.mongoLimits();
    // Twice what refreshes take: the driver answers a call before its connection is free again.
    int ready = Math.max(1, limits.connections() / 2);
    this.mongo = MongoLink.open(config.mongo(), config.database(), limits.withReady(ready));
    this.redisListings = new RedisListingStore(redis);
    this.redisCards = new RedisCardStore(redis);
    this.refreshingListings = new RedisListingStore(refreshing);
    this.refreshingCards = new RedisCardStore(refreshing);
    this.announcements = new RedisAnnouncementLog(refreshing);
    this.mongoListings = new MongoListingStore(mongo);
    this.mongoCards = new MongoCardStore(mongo);
    Duration fast = config.redis().read().multipliedBy(2);
    Duration slow = limits.read().plus(limits.select());
    Duration patient = refreshing.limits().read().multipliedBy(2);
    this.redisGuards = StoreGuards.of("redis", fast, config.guards(), System::nanoTime);
    this.mongoGuards = StoreGuards.of("mongo", slow, config.guards(), System::nanoTime);
    this.redisRefresh = refresh("redis", patient, config.guards().calls());
    this.mongoRefresh = refresh("mongo", slow, Math.max(1, ready / 2));
  }

  private StoreGuards refresh(String store, Duration deadline, int atOnce) {
    return StoreGuards.one(store, "refresh", deadline, atOnce, config.guards(), System::nanoTime);
  }

  /** For pages that somebody waits for. */
  StoreReads.From reads() {
    return new StoreReads.From(
        new ListingReads(redisListings, redisGuards, mongoListings, mongoGuards),
        new CardReads(redisCards, redisGuards, mongoCards, mongoGuards, absent));
  }

  /** For what is held. */
  StoreReads.From refreshes() {
    return new StoreReads.From(
        new ListingReads(refreshingListings, redisRefresh, mongoListings, mongoRefresh),
        new CardReads(refreshingCards, redisRefresh, mongoCards, mongoRefresh, absent));
  }

  AnnouncementLog announcements() {
    return announcements;
  }

  List<StoreGuard> guards() {
    return Stream.of(redisGuards, mongoGuards, redisRefresh, mongoRefresh)
        .flatMap(guards -> guards.each().stream())
        .toList();
  }

  /** Bytes received from Redis since the start. */
  long redisBytes() {
    return redis.bytesReceived() + refreshing.bytesReceived();
  }

  List<Supplier<CompletionStage<Check>>> checks() {
    return List.of(redisListings::check, mongoListings::check);
  }

  @Override
  public void close() {
    announcements.close();
    redisListings.close();
    redisCards.close();
    refreshingListings.close();
    refreshingCards.close();
    mongoListings.close();
    mongoCards.close();
    redis.close();
    refreshing.close();
    mongo.close();
  }
}
