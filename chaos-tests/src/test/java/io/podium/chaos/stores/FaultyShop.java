package io.podium.chaos.stores;

import io.podium.announce.Announcement;
import io.podium.announce.Announcement.BoardCurrent;
import io.podium.announce.Announcement.ListingChanged;
import io.podium.backends.FaultProxy;
import io.podium.backends.MongoProcess;
import io.podium.backends.RedisProcess;
import io.podium.config.StoresConfig.MongoLimits;
import io.podium.config.StoresConfig.RedisLimits;
import io.podium.listing.BoardInfo;
import io.podium.listing.Boards;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.store.Await;
import io.podium.store.mongo.MongoLink;
import io.podium.store.mongo.MongoListingStore;
import io.podium.store.redis.RedisAnnouncementLog;
import io.podium.store.redis.RedisLink;
import io.podium.store.redis.RedisListingStore;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Redis and Mongo, each behind a link that can fail, and a publisher that reaches them past those
 * links, as an updater in another network would.
 */
final class FaultyShop implements AutoCloseable {
  static final int LISTINGS = 40;
  static final String BOARD = "best";

  /** Values without a listing: each one asked for costs the stores a look-up. */
  private static final int COLD = 20_000;

  /** With each of them there are as many more, so that none has to be asked for twice. */
  private static final List<String> BRANDS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

  /** Between two announcements that all listings are true still. */
  static final Duration BEAT = Duration.ofMillis(200);

  private static final Duration PATIENT = Duration.ofSeconds(5);
  private static final int ENTRIES = 100;

  final RedisProcess redis;
  final MongoProcess mongo;
  final FaultProxy redisLinkage;
  final FaultProxy mongoLinkage;
  private final RedisLink redisLink;
  private final MongoLink mongoLink;
  private final RedisListingStore redisListings;
  private final MongoListingStore mongoListings;
  private final RedisAnnouncementLog log;
  private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
  private final Map<ListingKey, Listing> published = new HashMap<>();
  private long epoch = 1000;

  FaultyShop(Path dir) {
    redis = RedisProcess.start(dir.resolve("redis"), RedisProcess.Role.CACHE);
    mongo = MongoProcess.start(dir.resolve("mongo"), MongoProcess.Kind.FILE);
    redisLinkage = FaultProxy.to(redis.port(), 11);
    mongoLinkage = FaultProxy.to(mongo.port(), 12);
    redisLink =
        RedisLink.open(
            "redis-cache",
            redis.uri(),
            new RedisLimits(PATIENT, PATIENT, PATIENT, Duration.ofMillis(50), 4096));
    mongoLink =
        MongoLink.open(mongo.uri(), "podium", new MongoLimits(PATIENT, PATIENT, PATIENT, 8));
    redisListings = new RedisListingStore(redisLink);
    mongoListings = new MongoListingStore(mongoLink);
    log = new RedisAnnouncementLog(redisLink);
    publishAll();
    // As an updater does: all listings are true as of now.
    var unused =
        heart.scheduleAtFixedRate(
            () -> log.append(List.of(new BoardCurrent(BOARD, Instant.now()))),
            0,
            BEAT.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /**
   * For the engine's configuration.
   *
   * @param patient with deadlines for a machine that does much else; otherwise the defaults
   */
  Map<String, Object> stores(boolean patient) {
    Map<String, Object> mongoSection = new HashMap<>();
    mongoSection.put(
        "uri", "mongodb://127.0.0.1:" + mongoLinkage.port() + "/?directConnection=true");
    Map<String, Object> stores = new HashMap<>();
    stores.put("events", Map.of("uri", redis.uri()));
    stores.put("cache", Map.of("uri", "redis://127.0.0.1:" + redisLinkage.port()));
    stores.put("mongo", mongoSection);
    if (patient) {
      mongoSection.put("readTimeout", "PT2S");
      mongoSection.put("selectTimeout", "PT2S");
      stores.put("redis", Map.of("readTimeout", "PT1S"));
    }
    return stores;
  }

  private static String value(int i) {
    return i < LISTINGS ? "held-" + i : "cold-" + (i - LISTINGS);
  }

  private static Boards boards(long version) {
    List<String> values = IntStream.range(0, LISTINGS + COLD).mapToObj(FaultyShop::value).toList();
    BoardInfo board =
        new BoardInfo(
            BOARD,
            Map.of("en", "Best sellers"),
            List.of(List.of(), List.of("category"), List.of("category", "brand")),
            ENTRIES,
            Duration.ofSeconds(1),
            true,
            0,
            false,
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Map.of("category", values, "brand", BRANDS));
    return new Boards(version, List.of(board));
  }

  /**
   * Publishes everything under a new epoch, as an updater does after the cache role was lost: to
   * Redis, then announces it; Mongo follows behind.
   */
  long publishAll() {
    epoch++;
    Boards boards = boards(epoch);
    Await.answered(() -> redisListings.publishBoards(boards, 1));
    return publishHeld(
        List.of(new Announcement.BoardsChanged(epoch)),
        () -> Await.answered(() -> mongoListings.publishBoards(boards, 1)));
  }

  /** Publishes the listings under a new epoch. */
  long publishListings() {
    epoch++;
    return publishHeld(List.of(), () -> {});
  }

  private long publishHeld(List<Announcement> first, Runnable behind) {
    List<Announcement> news = new ArrayList<>(first);
    List<Listing> listings = new ArrayList<>();
    for (int i = 0; i < LISTINGS; i++) {
      Listing listing = listing(i);
      Optional<Listing> before = Optional.ofNullable(published.put(listing.key(), listing));
      Await.answered(() -> redisListings.publish(listing, before, 1));
      listings.add(listing);
      news.add(new ListingChanged(listing.key(), epoch));
    }
    // Announcing twice is harmless.
    Await.until(
        "announced",
        () -> log.append(news).toCompletableFuture().handle((v, f) -> f == null).join());
    behind.run();
    Await.answered(() -> mongoListings.publishAll(listings, 1));
    return epoch;
  }

  /** Empties the cache role. */
  void flush() {
    Await.answered(() -> redisLink.write(r -> r.flushall()));
  }

  private Listing listing(int i) {
    List<Entry> entries = new ArrayList<>();
    for (int e = 1; e <= ENTRIES; e++) {
      // One in ten sold something since the epoch before.
      long sold = (e + epoch) % 10 == 0 ? epoch % 100 : 0;
      BigInteger score = BigInteger.valueOf(100_000 - 1_000L * e + sold);
      entries.add(new Entry("P" + i + "-" + e, score, e, 0, false, false));
    }
    ListingKey key = new ListingKey(BOARD, Slice.of(Map.of("category", value(i))));
    return new Listing(
        key,
        epoch,
        0,
        Instant.now(),
        "ab".repeat(32),
        "cd".repeat(32),
        null,
        0,
        entries,
        List.of());
  }

  static String warm(int i) {
    return "/v1/rankings/" + BOARD + "?category=" + value(i % LISTINGS) + "&size=20";
  }

  static String cold(int i) {
    String page = "/v1/rankings/" + BOARD + "?size=20&category=" + value(LISTINGS + i % COLD);
    int turn = i / COLD;
    return turn == 0 ? page : page + "&brand=" + BRANDS.get((turn - 1) % BRANDS.size());
  }

  @Override
  public void close() {
    heart.shutdownNow();
    redisLink.close();
    mongoLink.close();
    redisLinkage.close();
    mongoLinkage.close();
    redis.close();
    mongo.close();
  }
}
