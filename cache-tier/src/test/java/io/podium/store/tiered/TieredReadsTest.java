package io.podium.store.tiered;

import static io.podium.store.Await.answer;
import static io.podium.store.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.backends.MongoProcess;
import io.podium.backends.RedisProcess;
import io.podium.card.Card;
import io.podium.codec.ListingCodec;
import io.podium.config.StoresConfig.MongoLimits;
import io.podium.guard.AbsentFilter;
import io.podium.guard.Bulkhead;
import io.podium.guard.CallBreaker;
import io.podium.guard.Coalescer;
import io.podium.guard.StoreGuard;
import io.podium.guard.StoreGuards;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.store.Await;
import io.podium.store.Samples;
import io.podium.store.StoreException;
import io.podium.store.StoredBytes;
import io.podium.store.StoredBytes.Damage;
import io.podium.store.TestTier;
import io.podium.store.mongo.MongoCardStore;
import io.podium.store.mongo.MongoLink;
import io.podium.store.mongo.MongoListingStore;
import io.podium.store.redis.RedisCardStore;
import io.podium.store.redis.RedisLink;
import io.podium.store.redis.RedisListingStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TieredReadsTest {
  private static final Duration PATIENT = Duration.ofSeconds(5);

  /** Patient with a slow server, quick to tell that there is none. */
  private static final MongoLimits NOTICES_AWAY =
      new MongoLimits(Duration.ofMillis(250), PATIENT, PATIENT, 8);

  private final RedisProcess redis;
  private final MongoProcess mongo;
  private final RedisLink redisLink;
  private final MongoLink mongoLink;
  private final RedisListingStore hot;
  private final MongoListingStore cold;
  private final StoreGuard redisGuard = guard("redis");
  private final StoreGuard mongoGuard = guard("mongo");
  private final ListingReads reads;
  private final Listing listing = Samples.listing(Samples.key(), 7, 20);

  TieredReadsTest(@TempDir Path dir) {
    redis = RedisProcess.start(dir.resolve("redis"), RedisProcess.Role.CACHE);
    mongo = MongoProcess.start(dir.resolve("mongo"), MongoProcess.Kind.MEMORY);
    redisLink = RedisLink.open("redis-cache", redis.uri(), TestTier.REDIS);
    mongoLink = MongoLink.open(mongo.uri(), "podium", NOTICES_AWAY);
    Await.until("mongo answers", () -> answer(mongoLink.check()).ok());
    hot = new RedisListingStore(redisLink);
    cold = new MongoListingStore(mongoLink);
    reads = new ListingReads(hot, StoreGuards.all(redisGuard), cold, StoreGuards.all(mongoGuard));
  }

  /** Opens after three failures, however long a loaded machine takes over them. */
  private static StoreGuard guard(String store) {
    CallBreaker.Settings settings =
        new CallBreaker.Settings(
            20, Duration.ofMinutes(5), 3, 0.5, 1, Duration.ofMinutes(5), Duration.ofSeconds(1));
    CallBreaker breaker = new CallBreaker(settings, System::nanoTime);
    return new StoreGuard(store, "all", breaker, new Bulkhead(store, 64), PATIENT);
  }

  @AfterEach
  void close() {
    redisLink.close();
    mongoLink.close();
    redis.close();
    mongo.close();
  }

  private Read<Optional<Listing>> find() {
    return answer(reads.find(listing.key()));
  }

  @Test
  void everyFallbackIsTaken_andTold() {
    answer(hot.publish(listing, Optional.empty(), 1));
    answer(cold.publish(listing, Optional.empty(), 1));
    assertThat(find()).isEqualTo(new Read<>(Optional.of(listing), Read.Source.REDIS, List.of()));

    answer(redisLink.write(r -> r.flushall()));
    assertThat(find())
        .isEqualTo(new Read<>(Optional.of(listing), Read.Source.MONGO, List.of("redis-missing")));

    redis.kill();
    Await.until("noticed", () -> !redisLink.isConnected());
    assertThat(find().reasons()).containsAnyOf("redis-away", "redis-open");
    Await.until("the breaker opens", () -> find().reasons().contains("redis-open"));
    assertThat(find().value()).contains(listing);

    mongo.kill();
    Await.until(
        "both breakers are open",
        () -> "redis-open; mongo-open".equals(failure(reads.find(listing.key())).getMessage()));

    redis.restart();
    Await.until("redis answers again", () -> redisAnswers());
    Read<Optional<Listing>> unknown = find();
    assertThat(unknown.value()).isEmpty();
    assertThat(unknown.reasons()).startsWith("redis-missing").hasSize(2);

    answer(hot.publish(listing, Optional.empty(), 2));
    assertThat(find().source()).isEqualTo(Read.Source.REDIS);
    assertThat(redisGuard.breaker().state()).isEqualTo(CallBreaker.State.CLOSED);
  }

  private boolean redisAnswers() {
    try {
      return find().source() == Read.Source.REDIS;
    } catch (StoreException e) {
      return false;
    }
  }

  @Test
  void tenThousandWhoMissOneListingCostEachStoreOneLoad() {
    answer(cold.publish(listing, Optional.empty(), 1));
    assertThat(find().source()).isEqualTo(Read.Source.MONGO);
    long atRedis = redis.calls("hget");
    long atMongo = mongo.finds("listings");
    Coalescer<ListingKey, Read<Optional<Listing>>> coalescer = new Coalescer<>(16);
    // Nobody is answered before all have asked.
    redis.freeze();
    List<CompletableFuture<Read<Optional<Listing>>>> asked =
        IntStream.range(0, 10_000)
            .parallel()
            .mapToObj(i -> coalescer.load(listing.key(), () -> reads.find(listing.key())))
            .toList();
    redis.thaw();
    for (CompletableFuture<Read<Optional<Listing>>> one : asked) {
      assertThat(answer(one).value()).contains(listing);
    }
    assertThat(mongo.finds("listings") - atMongo).isEqualTo(1);
    assertThat(redis.calls("hget") - atRedis).isEqualTo(1);
  }

  @Test
  void whatCannotBeReadInRedisComesFromMongo_andIsCounted() {
    answer(hot.publish(listing, Optional.empty(), 1));
    answer(cold.publish(listing, Optional.empty(), 1));
    Listing other = Samples.listing(Samples.key(), 3, 20);
    answer(hot.publish(other, Optional.empty(), 1));
    byte[] good = ListingCodec.encode(listing);
    for (Damage damage : Damage.values()) {
      store(damage.of(good));
      assertThat(find())
          .as(damage.name())
          .isEqualTo(new Read<>(Optional.of(listing), Read.Source.MONGO, List.of("redis-corrupt")));
      assertThat(answer(reads.find(other.key())).source()).isEqualTo(Read.Source.REDIS);
    }
    assertThat(redisGuard.corrupt()).isEqualTo(Damage.values().length);
    assertThat(redisGuard.breaker().state()).isEqualTo(CallBreaker.State.CLOSED);
    Listing next = Samples.listing(listing.key(), 8, 20);
    answer(hot.publish(next, Optional.of(listing), 1));
    assertThat(find()).isEqualTo(new Read<>(Optional.of(next), Read.Source.REDIS, List.of()));
  }

  @Test
  void aListingOfTheNextVersionIsReadWhereItLies_andStaysAsItIs() {
    answer(hot.publish(listing, Optional.empty(), 1));
    byte[] later = StoredBytes.ofNextVersion(ListingCodec.encode(listing));
    store(later);
    assertThat(find()).isEqualTo(new Read<>(Optional.of(listing), Read.Source.REDIS, List.of()));
    String key = storedKey();
    byte[] kept = answer(redisLink.read(r -> r.hget(key, "v")));
    assertThat(kept).isEqualTo(later);
  }

  /** In Redis, in the place of what was published. */
  private void store(byte[] bytes) {
    String key = storedKey();
    answer(redisLink.write(r -> r.hset(key, "v", bytes)));
  }

  private String storedKey() {
    String board = "podium:listing:*" + listing.key().board() + "*";
    return answer(redisLink.write(r -> r.keys(board))).iterator().next();
  }

  @Test
  void cardsThatRedisLacksComeFromMongo() {
    RedisCardStore hotCards = new RedisCardStore(redisLink);
    MongoCardStore coldCards = new MongoCardStore(mongoLink);
    answer(hotCards.merge(List.of(Samples.card("a", "x", "1", 1))));
    answer(
        coldCards.merge(List.of(Samples.card("a", "x", "0", 0), Samples.card("b", "x", "2", 1))));
    CardReads cards =
        new CardReads(
            hotCards,
            StoreGuards.all(redisGuard),
            coldCards,
            StoreGuards.all(mongoGuard),
            new AbsentFilter(64, Duration.ofMinutes(5), System::nanoTime));
    Read<Map<String, Card>> read = answer(cards.find(Set.of("a", "b", "c")));
    assertThat(read.value()).containsOnlyKeys("a", "b");
    assertThat(read.value().get("a")).isEqualTo(Samples.card("a", "x", "1", 1));
    assertThat(read.reasons()).containsExactly("redis-missing");
    long asked = redis.calls("mget");
    assertThat(answer(cards.find(Set.of("c"))).value()).isEmpty();
    assertThat(redis.calls("mget")).as("what does not exist is remembered").isEqualTo(asked);
    answer(hotCards.merge(List.of(Samples.card("c", "x", "3", 1))));
    cards.changed("c");
    assertThat(answer(cards.find(Set.of("c"))).value()).containsOnlyKeys("c");
    redis.kill();
    assertThat(answer(cards.find(Set.of("a", "b"))).source()).isEqualTo(Read.Source.MONGO);
  }

  @Test
  void aChangeThatMeetsAnEmptiedRedisKeepsTheCardWhole() {
    RedisCardStore hotCards = new RedisCardStore(redisLink);
    MongoCardStore coldCards = new MongoCardStore(mongoLink);
    CardWrites writes = new CardWrites(hotCards, coldCards);
    Card name = Samples.card("a", "name", "\"크림\"", 1);
    answer(coldCards.merge(List.of(name)));
    Card stock = Samples.card("a", "stock", "0", 2);
    CardWrites.Outcome outcome = answer(writes.merge(List.of(stock)));
    assertThat(outcome).isEqualTo(new CardWrites.Outcome(List.of("a"), List.of()));
    assertThat(answer(hotCards.find(List.of("a"))).get("a")).isEqualTo(name.merge(stock));

    answer(redisLink.write(r -> r.flushall()));
    mongo.freeze();
    assertThat(answer(writes.merge(List.of(stock))).partial()).containsExactly("a");
    mongo.thaw();
    Await.until("mongo is back", () -> answer(mongoLink.check()).ok());
    assertThat(answer(writes.heal(List.of("a")))).containsExactly("a");
    assertThat(answer(hotCards.find(List.of("a"))).get("a")).isEqualTo(name.merge(stock));
  }
}
