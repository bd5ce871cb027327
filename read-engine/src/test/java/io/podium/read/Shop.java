package io.podium.read;

import io.podium.announce.Announcement;
import io.podium.announce.AnnouncementLog;
import io.podium.backends.MongoProcess;
import io.podium.backends.RedisProcess;
import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.card.Stamp;
import io.podium.config.StoresConfig;
import io.podium.listing.BoardInfo;
import io.podium.listing.Boards;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Omitted;
import io.podium.listing.Slice;
import io.podium.store.mongo.MongoCardStore;
import io.podium.store.mongo.MongoLink;
import io.podium.store.mongo.MongoListingStore;
import io.podium.store.redis.RedisAnnouncementLog;
import io.podium.store.redis.RedisCardStore;
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
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Real stores, and a hand in the updater's place: publishes boards, listings and cards. */
final class Shop implements AutoCloseable {
  static final ListingKey BEST = new ListingKey("best", Slice.WHOLE_SHOP);
  static final Slice TONER = Slice.of(Map.of("category", "beauty/스킨케어"));
  static final ListingKey BEST_TONER = new ListingKey("best", TONER);
  static final ListingKey RULED =
      new ListingKey("best", Slice.of(Map.of("category", "food & drink", "buyer.ageGroup", "20s")));

  final RedisProcess redis;
  final MongoProcess mongo;
  private final RedisLink redisLink;
  private final MongoLink mongoLink;
  private final RedisListingStore redisListings;
  private final RedisCardStore redisCards;
  private final MongoListingStore mongoListings;
  private final MongoCardStore mongoCards;
  private final AnnouncementLog log;
  private final Map<ListingKey, Listing> last = new HashMap<>();
  private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
  private long version = 1;

  Shop(Path dir) {
    this.redis = RedisProcess.start(dir.resolve("redis"), RedisProcess.Role.CACHE);
    this.mongo = MongoProcess.start(dir.resolve("mongo"), MongoProcess.Kind.MEMORY);
    StoresConfig.RedisLimits limits =
        new StoresConfig.RedisLimits(
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofMillis(100),
            4096);
    StoresConfig.MongoLimits patient =
        new StoresConfig.MongoLimits(
            Duration.ofSeconds(15), Duration.ofSeconds(15), Duration.ofSeconds(15), 4);
    this.redisLink = RedisLink.open("redis-cache", redis.uri(), limits);
    this.mongoLink = MongoLink.open(mongo.uri(), "podium", patient);
    this.redisListings = new RedisListingStore(redisLink);
    this.redisCards = new RedisCardStore(redisLink);
    this.mongoListings = new MongoListingStore(mongoLink);
    this.mongoCards = new MongoCardStore(mongoLink);
    this.log = new RedisAnnouncementLog(redisLink);
    Announcement beat = new Announcement.BoardCurrent("best", Instant.EPOCH);
    var unused = heart.scheduleAtFixedRate(() -> log.append(List.of(beat)), 0, 1, TimeUnit.SECONDS);
  }

  /** Patient with a slow server, as on a busy machine, and quick to tell that there is none. */
  StoresConfig stores() {
    Duration soon = Duration.ofMillis(500);
    Duration patient = Duration.ofSeconds(5);
    return stores(
        new StoresConfig.RedisLimits(soon, patient, patient, Duration.ofMillis(100), 4096),
        new StoresConfig.MongoLimits(soon, patient, patient, 8));
  }

  /** With deadlines that no fault of a test comes near. */
  StoresConfig patientStores() {
    Duration minute = Duration.ofMinutes(1);
    return stores(
        new StoresConfig.RedisLimits(minute, minute, minute, Duration.ofMillis(100), 4096),
        new StoresConfig.MongoLimits(minute, minute, minute, 8));
  }

  private StoresConfig stores(
      StoresConfig.RedisLimits redisLimits, StoresConfig.MongoLimits mongoLimits) {
    return new StoresConfig(
        redis.uri(), redis.uri(), mongo.uri(), "podium", redisLimits, mongoLimits);
  }

  static BoardInfo board(Duration cursorTtl) {
    return new BoardInfo(
        "best",
        Map.of("en", "Best sellers", "ko", "판매 랭킹"),
        List.of(List.of(), List.of("category"), List.of("category", "buyer.ageGroup")),
        100,
        Duration.ofSeconds(1),
        true,
        0,
        false,
        cursorTtl,
        Duration.ofHours(1),
        Map.of(
            "category", List.of("beauty", "beauty/스킨케어", "food & drink", "empty"),
            "buyer.ageGroup", List.of("20s", "60+")));
  }

  static BoardInfo shadow() {
    BoardInfo b = board(Duration.ofMinutes(10));
    return new BoardInfo(
        "shadow",
        b.titles(),
        b.slices(),
        b.size(),
        b.publishEvery(),
        false,
        0,
        true,
        b.cursorTtl(),
        b.staleIfError(),
        b.values());
  }

  void boards(BoardInfo... boards) {
    Boards document = new Boards(version++, List.of(boards));
    await(redisListings.publishBoards(document, 1));
    await(mongoListings.publishBoards(document, 1));
    announce(new Announcement.BoardsChanged(document.version()));
  }

  /** Publishes to both stores and announces. */
  Listing publish(ListingKey key, long epoch, List<Entry> entries) {
    return publish(key, epoch, entries, List.of());
  }

  Listing publish(ListingKey key, long epoch, List<Entry> entries, List<Omitted> omitted) {
    Listing before = last.get(key);
    Listing listing = listing(key, epoch, before == null ? 0 : before.epoch(), entries, omitted);
    await(redisListings.publish(listing, Optional.ofNullable(before), 1));
    await(mongoListings.publish(listing, Optional.ofNullable(before), 1));
    last.put(key, listing);
    announce(new Announcement.ListingChanged(key, epoch));
    return listing;
  }

  /** Only Mongo has it, as after the cache role was emptied. */
  void publishToMongo(ListingKey key, long epoch, List<Entry> entries) {
    await(mongoListings.publish(listing(key, epoch, 0, entries, List.of()), Optional.empty(), 1));
  }

  private static Listing listing(
      ListingKey key, long epoch, long before, List<Entry> entries, List<Omitted> omitted) {
    return new Listing(
        key,
        epoch,
        before,
        Instant.ofEpochMilli(1_700_000_000_000L + epoch),
        "ab".repeat(32),
        "cd".repeat(32),
        null,
        0,
        entries,
        omitted);
  }

  /** Products P{@code from} to P{@code to}, best first. */
  static List<Entry> entries(int from, int to) {
    List<Entry> entries = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      entries.add(new Entry("P" + i, BigInteger.valueOf(10_000 - i), i, 0, false, false));
    }
    return entries;
  }

  /** R1 is promoted, R2 and R4 are buried, R6 is hidden; R4 and R5 stand below the cut. */
  void publishRuled(long epoch) {
    BigInteger one = BigInteger.ONE;
    publish(
        RULED,
        epoch,
        List.of(
            new Entry("R1", one, 2, 0, true, false),
            new Entry("R2", one, 1, 0, false, true),
            new Entry("R3", one, 3, 0, false, false)),
        List.of(
            new Omitted("R4", one, 4, Omitted.Reason.BELOW_THE_CUT, true),
            new Omitted("R5", one, 5, Omitted.Reason.BELOW_THE_CUT, false),
            new Omitted("R6", one, 6, Omitted.Reason.HIDDEN, false)));
  }

  void card(String id, long at, Map<String, String> members) {
    Map<String, Member> all = new HashMap<>();
    members.forEach(
        (name, json) -> all.put(name, new Member(new Stamp(Instant.ofEpochMilli(at), "e"), json)));
    List<Card> change = List.of(Card.of(id, all));
    await(redisCards.merge(change));
    await(mongoCards.merge(change));
    announce(new Announcement.CardChanged(id));
  }

  void announce(Announcement announcement) {
    announce(List.of(announcement));
  }

  void announce(List<Announcement> announcements) {
    await(log.append(announcements));
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(40, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    heart.shutdownNow();
    redisLink.close();
    mongoLink.close();
    redis.close();
    mongo.close();
  }
}
