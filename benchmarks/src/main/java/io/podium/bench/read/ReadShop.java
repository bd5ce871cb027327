package io.podium.bench.read;

import io.podium.announce.Announcement;
import io.podium.announce.AnnouncementLog;
import io.podium.backends.MongoProcess;
import io.podium.backends.RedisProcess;
import io.podium.bench.MeasurementException;
import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.card.Stamp;
import io.podium.config.StoresConfig;
import io.podium.listing.BoardInfo;
import io.podium.listing.Boards;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real cache role with one board in it, a Mongo that has nothing, so that no engine looks for it,
 * and a hand in the updater's place.
 */
final class ReadShop implements AutoCloseable {
  static final String BOARD = "best-sellers";

  /** Twenty entries with their cards: about 4 KB of JSON. */
  static final String PAGE = "/v1/rankings/" + BOARD + "?size=20";

  static final ListingKey WHOLE = new ListingKey(BOARD, Slice.WHOLE_SHOP);

  private final RedisProcess redis;
  private final CompletableFuture<MongoProcess> mongo;
  private final RedisLink link;
  private final RedisListingStore listings;
  private final RedisCardStore cards;
  private final AnnouncementLog log;
  private final Map<ListingKey, Listing> last = new HashMap<>();
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "heart");
            thread.setDaemon(true);
            return thread;
          });

  ReadShop(Path dir, List<String> categories) {
    this.redis = RedisProcess.start(dir.resolve("redis"), RedisProcess.Role.CACHE);
    // Nobody here asks it: it starts while the rest is done.
    this.mongo =
        CompletableFuture.supplyAsync(
            () -> MongoProcess.start(dir.resolve("mongo"), MongoProcess.Kind.MEMORY));
    this.link =
        RedisLink.open(
            "redis-cache",
            redis.uri(),
            new StoresConfig.RedisLimits(
                Duration.ofSeconds(2),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofMillis(100),
                65_536));
    this.listings = new RedisListingStore(link);
    this.cards = new RedisCardStore(link);
    this.log = new RedisAnnouncementLog(link);
    await(listings.publishBoards(new Boards(1, List.of(board(categories))), 1));
    announce(List.of(new Announcement.BoardsChanged(1)));
    Announcement beat = new Announcement.BoardCurrent(BOARD, Instant.EPOCH);
    var unused = heart.scheduleAtFixedRate(() -> log.append(List.of(beat)), 0, 1, TimeUnit.SECONDS);
  }

  static BoardInfo board(List<String> categories) {
    return new BoardInfo(
        BOARD,
        Map.of("en", "Best sellers", "ko", "판매 랭킹"),
        List.of(List.of(), List.of("category")),
        100,
        Duration.ofSeconds(1),
        true,
        0,
        false,
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Map.of("category", categories));
  }

  List<Long> pids() {
    return List.of(redis.process().pid(), mongo().process().pid());
  }

  private MongoProcess mongo() {
    return await(mongo);
  }

  EngineServer.Stores stores() {
    return new EngineServer.Stores(redis.uri(), mongo().uri());
  }

  /** Cards of the products 1 to {@code count}, of about 130 bytes. */
  void cards(int count) {
    List<Card> all = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      all.add(card(i, 12_900 + i));
      if (all.size() == 500 || i == count) {
        await(cards.merge(all));
        all.clear();
      }
    }
  }

  static String product(int i) {
    return "P%06d".formatted(i);
  }

  private static Card card(int i, long price) {
    Stamp stamp = new Stamp(Instant.now(), "e");
    return Card.of(
        product(i),
        Map.of(
            "name", new Member(stamp, "\"진정 수분 토너 %d ml\"".formatted(i)),
            "brand", new Member(stamp, "\"브랜드 %d\"".formatted(i % 37)),
            "category", new Member(stamp, "\"beauty/skincare/toner\""),
            "price", new Member(stamp, Long.toString(price))));
  }

  /** Changes one product's price, and says so. */
  void price(int product, long price) {
    await(cards.merge(List.of(card(product, price))));
    announce(List.of(new Announcement.CardChanged(product(product))));
  }

  /** Publishes a listing of {@code count} products from {@code first} on, and says so. */
  void publish(ListingKey key, long epoch, int first, int count) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(
          new Entry(
              product(first + i), BigInteger.valueOf(100_000 - i), i + 1 + i % 3, 0, false, false));
    }
    Listing before = last.get(key);
    Listing listing =
        new Listing(
            key,
            epoch,
            before == null ? 0 : before.epoch(),
            Instant.now(),
            "ab".repeat(32),
            "cd".repeat(32),
            null,
            0,
            entries,
            List.of());
    await(listings.publish(listing, Optional.ofNullable(before), 1));
    last.put(key, listing);
    announce(List.of(new Announcement.ListingChanged(key, epoch)));
  }

  private void announce(List<Announcement> announcements) {
    await(log.append(announcements));
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new MeasurementException("a store fails: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeasurementException("interrupted", e);
    }
  }

  @Override
  public void close() {
    heart.shutdownNow();
    link.close();
    redis.close();
    mongo().close();
  }
}
