package io.podium.chaos.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.chaos.harness.RedisMonitor;
import io.podium.chaos.stores.Round.Place;
import io.podium.store.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What readers cost the stores, by count, at an engine process under all the load it can take. Each
 * test begins and ends with every page fresh.
 */
class StoreLoadsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PUBLICATIONS = 3;

  /** A listing with its announcement, and a share of what goes on beside it. */
  private static final int MOST_FOR_A_LISTING = 6_000;

  /** The pages that are read, and the whole shop, for which the engine asks when it warms up. */
  private static final int HELD = FaultyShop.LISTINGS + 1;

  private static final String REDIS_BYTES = "podium_store_redis_bytes_total";
  private static final String BYTES_SERVED = "podium_read_bytes_total";

  @TempDir static Path dir;
  private static FaultyShop shop;
  private static EngineProcess engine;
  private static Load load;
  private static Place place;

  @BeforeAll
  static void start() {
    shop = new FaultyShop(dir);
    engine = new EngineProcess(dir, shop.stores(true));
    engine.warm();
    load = Load.full(engine);
    place = new Place(shop, engine, load);
    place.awaitAllFresh(shop.publishAll());
  }

  @AfterAll
  static void stop() {
    load.close();
    engine.close();
    shop.close();
  }

  private static void awaitReads(int more) {
    long reads = load.warmReads();
    Await.until("read on", PATIENCE, () -> load.warmReads() >= reads + more);
  }

  @Test
  void theCacheRoleEmptiedCostsMongoNoMoreThanOneLoadForEachListing() {
    long before = shop.mongo.finds("listings");
    shop.flush();
    awaitReads(5_000);
    Await.until(
        "loaded", PATIENCE, () -> shop.mongo.finds("listings") - before >= FaultyShop.LISTINGS);
    awaitReads(2_000);
    long loads = shop.mongo.finds("listings") - before;
    System.out.printf(
        "the cache role emptied: %d loads at Mongo, %d listings asked for%n", loads, HELD);
    assertThat(loads).isBetween(1L, (long) HELD);
    assertThat(load.failures()).isEmpty();
    place.awaitAllFresh(shop.publishAll());
  }

  /** But for looks at versions and at the announcements, which time brings about, not readers. */
  @Test
  void warmReadsTouchNoStore() throws IOException {
    long commands = commands();
    long finds = finds();
    double bytes = engine.metric(REDIS_BYTES, "");
    double served = engine.metric(BYTES_SERVED, "");
    long reads = load.warmReads();
    long start = System.nanoTime();
    try (RedisMonitor fetches = new RedisMonitor(shop.redis.port(), StoreLoadsTest::isFetch)) {
      awaitReads(10_000);
      long more = commands() - commands;
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(finds() - finds).as("documents looked for in Mongo").isZero();
      double share =
          (engine.metric(REDIS_BYTES, "") - bytes) / (engine.metric(BYTES_SERVED, "") - served);
      System.out.printf(
          Locale.ROOT,
          "%d warm reads: %d reading commands at the stores, Redis bytes %.3f%% of those served%n",
          load.warmReads() - reads,
          more,
          100 * share);
      assertThat(share).as("of the bytes served came from Redis").isLessThan(0.01);
      // Every five seconds the epochs of what is held are looked at, and the boards.
      long checks = 2 + took.toSeconds() / 5;
      // Each announcement is read once, between two looks at where it stands.
      long looks = 2 * (1 + took.dividedBy(FaultyShop.BEAT));
      assertThat(more).isLessThanOrEqualTo(checks * (HELD + 1) + looks);
      // A read that is not warm, of one card: it is told, behind all that came before.
      // An open breaker would answer in the stores' place.
      Await.until(
          "the breakers let calls through",
          PATIENCE,
          () -> engine.ones("podium_store_breaker_state") == 0);
      assertThat(engine.status("/v1/products/nobody")).isEqualTo(404);
      Await.until("a fetch is told", PATIENCE, () -> fetches.seen() > 0);
      assertThat(fetches.seen()).isEqualTo(1);
    }
  }

  /** Whether a command asks Redis for what pages are made of, not for a listing's epoch alone. */
  private static boolean isFetch(String command) {
    boolean ofPages =
        command.contains("\"podium:listing:")
            || command.contains("\"podium:history:")
            || command.contains("\"podium:card:");
    return ofPages && !command.endsWith(" \"e\"");
  }

  @Test
  void whatIsPublishedIsFetchedOnce_howeverManyReadIt() {
    double bytes = engine.metric(REDIS_BYTES, "");
    double served = engine.metric(BYTES_SERVED, "");
    for (int i = 0; i < PUBLICATIONS; i++) {
      place.awaitAllFresh(shop.publishListings());
      awaitReads(200);
    }
    double received = engine.metric(REDIS_BYTES, "") - bytes;
    double sent = engine.metric(BYTES_SERVED, "") - served;
    double each = received / PUBLICATIONS / FaultyShop.LISTINGS;
    System.out.printf(
        Locale.ROOT,
        "%d listings published %d times: Redis bytes %.3f%% of those served, %.0f for each%n",
        FaultyShop.LISTINGS,
        PUBLICATIONS,
        100 * received / sent,
        each);
    assertThat(each).as("bytes from Redis for a listing published").isLessThan(MOST_FOR_A_LISTING);
  }

  private static long commands() {
    return shop.redis.calls("hget")
        + shop.redis.calls("mget")
        + shop.redis.calls("xrange")
        + finds();
  }

  private static long finds() {
    return shop.mongo.finds("listings") + shop.mongo.finds("cards");
  }
}
