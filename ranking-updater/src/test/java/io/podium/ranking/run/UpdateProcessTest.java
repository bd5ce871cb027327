package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.store.ListingStore;
import io.podium.store.mongo.MongoListingStore;
import io.podium.store.redis.RedisCardStore;
import io.podium.store.redis.RedisListingStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each test has stores and updaters of its own, and they run at the same time. */
class UpdateProcessTest {
  private static final String BOARDS =
      """
        best:
          score: units
          window: PT24H
          publishEvery: PT0.1S
          currency: KRW
          slices: [[], [category]]
      """;
  private static final ListingKey WHOLE_SHOP = new ListingKey("best", Slice.WHOLE_SHOP);

  @TempDir Path dir;
  private Backends stores;

  @BeforeEach
  void startStores() {
    stores = new Backends(dir.resolve("stores"));
  }

  @AfterEach
  void stopStores() {
    stores.close();
  }

  private UpdaterProcess updater(String name, String... settings) throws IOException {
    return new UpdaterProcess(dir, name, stores, BOARDS, settings);
  }

  private static Map<String, Long> units(ListingStore store) throws Exception {
    Optional<Listing> listing =
        store.find(WHOLE_SHOP).toCompletableFuture().get(5, TimeUnit.SECONDS);
    Map<String, Long> units = new TreeMap<>();
    listing.map(Listing::entries).orElse(List.of()).stream()
        .forEach((Entry e) -> units.put(e.productId(), e.score().longValueExact()));
    return units;
  }

  private void awaitListing(Map<String, Long> expected) {
    Eventually.get(
        "Redis has the listing",
        () -> units(new RedisListingStore(stores.cacheLink())),
        expected::equals);
    Eventually.get(
        "Mongo has the listing",
        () -> units(new MongoListingStore(stores.mongoLink())),
        expected::equals);
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aSaleIsPublishedToRedisAndMongo() throws Exception {
    Shop shop = new Shop(1);
    try (UpdaterProcess a = updater("a")) {
      a.postUntilAccepted(shop.batch(50));
      awaitListing(shop.units());
      JsonNode counts = a.settled().path("counts");
      // A post without an answer in time was repeated.
      long received = 50 + counts.path("duplicate").asLong();
      assertThat(counts.path("received").asLong()).isEqualTo(received);
      assertThat(counts.path("applied").asLong()).isEqualTo(50);
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void cardsAndTheirSlicesArrive() throws Exception {
    try (UpdaterProcess a = updater("a")) {
      a.postUntilAccepted(
          "["
              + Shop.card("c1", "P1", "{\"name\":\"수분 크림\",\"category\":\"beauty/skincare\"}")
              + ","
              + Shop.order("o1", "P1", 3)
              + "]");
      ListingKey skincare =
          new ListingKey("best", Slice.WHOLE_SHOP.with("category", "beauty/skincare"));
      RedisListingStore listings = new RedisListingStore(stores.cacheLink());
      Eventually.holds(
          "the slice is published",
          () -> listings.find(skincare).toCompletableFuture().get(5, TimeUnit.SECONDS).isPresent());
      Eventually.holds(
          "the boards tell the value",
          () ->
              listings.boards().toCompletableFuture().get(5, TimeUnit.SECONDS).boards().stream()
                  .anyMatch(
                      b ->
                          b.values()
                              .getOrDefault("category", List.of())
                              .contains("beauty/skincare")));
      RedisCardStore cards = new RedisCardStore(stores.cacheLink());
      Eventually.get(
          "the card is in Redis",
          () -> cards.find(List.of("P1")).toCompletableFuture().get(5, TimeUnit.SECONDS).get("P1"),
          card -> card != null && "\"수분 크림\"".equals(card.json("name")));
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void killedAgainAndAgainItCountsEverythingOnce() throws Exception {
    Shop shop = new Shop(2);
    try (UpdaterProcess a = updater("a")) {
      for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 20; i++) {
          a.postUntilAccepted(shop.batch(25));
        }
        a.restart();
      }
      a.postUntilAccepted(shop.batch(25));
      awaitListing(shop.units());
      JsonNode counts = a.settled().path("counts");
      assertThat(counts.path("applied").asLong()).isEqualTo(shop.orders());
      assertThat(counts.path("received").asLong())
          .isEqualTo(counts.path("applied").asLong() + counts.path("duplicate").asLong());
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aFollowerTakesOver() throws Exception {
    Shop shop = new Shop(3);
    // Long enough that a busy machine does not let it run out.
    String lease = "updater.leaseTtl=PT5S";
    try (UpdaterProcess a = updater("a", lease)) {
      a.postUntilAccepted(shop.batch(50));
      awaitListing(shop.units());
      try (UpdaterProcess b = updater("b", lease)) {
        b.settled();
        assertThat(b.progress().path("active").asText()).isEqualTo("a");
        long before = epoch();
        a.kill();
        b.postUntilAccepted(shop.batch(50));
        Eventually.get(
            "b publishes",
            () -> units(new RedisListingStore(stores.cacheLink())),
            shop.units()::equals);
        assertThat(epoch()).isGreaterThan(before);
        assertThat(b.progress().path("active").asText()).isEqualTo("b");
      }
    }
  }

  /** A busy machine may take longer than one read may: one that fails is tried again. */
  private long epoch() {
    ListingStore store = new RedisListingStore(stores.cacheLink());
    return Eventually.get(
            "an epoch",
            () -> store.find(WHOLE_SHOP).toCompletableFuture().get(5, TimeUnit.SECONDS),
            listing -> true)
        .orElseThrow()
        .epoch();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void theEventsRedisKilledLosesNothingAcknowledged() throws Exception {
    Shop shop = new Shop(4);
    try (UpdaterProcess a = updater("a")) {
      a.postUntilAccepted(shop.batch(25));
      for (int round = 0; round < 3; round++) {
        // A killed server keeps what it wrote to its file; fsync only matters for a power cut.
        stores.events.restart();
        for (int i = 0; i < 10; i++) {
          a.postUntilAccepted(shop.batch(25));
        }
      }
      awaitListing(shop.units());
      assertThat(a.settled().path("counts").path("applied").asLong()).isEqualTo(shop.orders());
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void anEmptiedCacheIsFilledAgain() throws Exception {
    Shop shop = new Shop(5);
    try (UpdaterProcess a = updater("a")) {
      a.postUntilAccepted("[" + Shop.card("c1", "P1", "{\"name\":\"Cream\"}") + "]");
      a.postUntilAccepted(shop.batch(50));
      awaitListing(shop.units());
      long before = epoch();
      stores.cache.restart();
      awaitListing(shop.units());
      assertThat(epoch()).isGreaterThanOrEqualTo(before);
      RedisCardStore cards = new RedisCardStore(stores.cacheLink());
      Eventually.holds(
          "the card is back",
          () ->
              cards
                  .find(List.of("P1"))
                  .toCompletableFuture()
                  .get(5, TimeUnit.SECONDS)
                  .containsKey("P1"));
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void aDamagedCheckpointIsSetAsideAndTheOlderOneUsed() throws Exception {
    Shop shop = new Shop(6);
    try (UpdaterProcess a = updater("a")) {
      a.postUntilAccepted(shop.batch(50));
      Eventually.holds("a checkpoint", () -> checkpoints(a) >= 1);
      a.postUntilAccepted(shop.batch(50));
      Eventually.holds("two checkpoints", () -> checkpoints(a) == 2);
      a.settled();
      a.kill();
      Path newest = new CheckpointFiles(a.dataDir()).newestFirst().get(0);
      byte[] bytes = Files.readAllBytes(newest);
      bytes[bytes.length / 2] ^= 1;
      Files.write(newest, bytes);
      a.restart();
      a.postUntilAccepted(shop.batch(50));
      awaitListing(shop.units());
      assertThat(a.settled().path("counts").path("applied").asLong()).isEqualTo(150);
      assertThat(a.log()).contains("is set aside as " + newest.getFileName() + ".damaged");
    }
  }

  private static long checkpoints(UpdaterProcess updater) throws IOException {
    return new CheckpointFiles(updater.dataDir()).newestFirst().size();
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void toldToStopItWritesACheckpointAndGivesTheLeaseBack() throws Exception {
    Shop shop = new Shop(9);
    try (UpdaterProcess a =
        new UpdaterProcess(dir, "a", stores, BOARDS, "updater.checkpointEvery=PT1H")) {
      a.postUntilAccepted(shop.batch(50));
      Eventually.holds("it is active", () -> a.progress().path("active").asText().equals("a"));
      JsonNode counts = a.settled().path("counts");
      assertThat(counts.path("applied").asLong()).isEqualTo(50);
      a.process().terminate(Duration.ofSeconds(60));
      assertThat(a.process().isAlive()).isFalse();
      long leases =
          stores.eventsLink().read(r -> r.exists("podium:lease")).get(5, TimeUnit.SECONDS);
      assertThat(leases).isZero();
      Path newest = new CheckpointFiles(a.dataDir()).newestFirst().get(0);
      long received = CheckpointFiles.read(newest, in -> Checkpoint.read(in).received());
      assertThat(received).isEqualTo(counts.path("received").asLong());
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT)
  void itComesUpWithEveryStoreAwayAndRecovers() throws Exception {
    stores.events.kill();
    stores.cache.kill();
    stores.mongo.kill();
    Shop shop = new Shop(7);
    try (UpdaterProcess a = updater("a")) {
      Eventually.get(
          "it says that it is not ready",
          () -> a.admin("/health/ready").statusCode(),
          status -> status == 503);
      assertThat(a.admin("/health/live").statusCode()).isEqualTo(200);
      assertThat(a.post(shop.batch(1))).isEqualTo(503);
      stores.events.restart();
      stores.cache.restart();
      stores.mongo.restart();
      Shop sold = new Shop(8);
      a.postUntilAccepted(sold.batch(20));
      awaitListing(sold.units());
      Eventually.get(
          "it is ready", () -> a.admin("/health/ready").statusCode(), status -> status == 200);
    }
  }
}
