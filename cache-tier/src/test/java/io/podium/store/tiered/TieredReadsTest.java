package io.podium.store.tiered;

import static io.podium.store.Await.answer;
import static io.podium.store.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.backends.MongoProcess;
import io.podium.backends.RedisProcess;
import io.podium.card.Card;
import io.podium.config.StoresConfig.MongoLimits;
import io.podium.guard.Bulkhead;
import io.podium.guard.CallBreaker;
import io.podium.guard.StoreGuard;
import io.podium.listing.Listing;
import io.podium.store.Await;
import io.podium.store.Samples;
import io.podium.store.StoreException;
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
    reads = new ListingReads(hot, redisGuard, cold, mongoGuard);
  }

  /** Opens after three failures, however long a loaded machine takes over them. */
  private static StoreGuard guard(String store) {
    CallBreaker.Settings settings =
        new CallBreaker.Settings(
            20, Duration.ofMinutes(5), 3, 0.5, 1, Duration.ofMinutes(5), Duration.ofSeconds(1));
    CallBreaker breaker = new CallBreaker(settings, System::nanoTime);
    return new StoreGuard(store, breaker, new Bulkhead(store, 64), PATIENT);
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
  void cardsThatRedisLacksComeFromMongo() {
    RedisCardStore hotCards = new RedisCardStore(redisLink);
    MongoCardStore coldCards = new MongoCardStore(mongoLink);
    answer(hotCards.merge(List.of(Samples.card("a", "x", "1", 1))));
    answer(
        coldCards.merge(List.of(Samples.card("a", "x", "0", 0), Samples.card("b", "x", "2", 1))));
    CardReads cards = new CardReads(hotCards, redisGuard, coldCards, mongoGuard);
    Read<Map<String, Card>> read = answer(cards.find(Set.of("a", "b", "c")));
    assertThat(read.value()).containsOnlyKeys("a", "b");
    assertThat(read.value().get("a")).isEqualTo(Samples.card("a", "x", "1", 1));
    assertThat(read.reasons()).containsExactly("redis-missing");
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
