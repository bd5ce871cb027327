package io.podium.store.mongo;

import static io.podium.store.Await.answer;
import static io.podium.store.Await.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.podium.backends.MongoProcess;
import io.podium.codec.KeyText;
import io.podium.codec.ListingCodec;
import io.podium.config.StoresConfig.MongoLimits;
import io.podium.listing.Listing;
import io.podium.store.Await;
import io.podium.store.PublishResult;
import io.podium.store.Samples;
import io.podium.store.StoreException.Kind;
import io.podium.store.StoredBytes;
import io.podium.store.StoredBytes.Damage;
import io.podium.store.SupportedCommands;
import io.podium.store.TestTier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MongoTierTest {
  private final MongoProcess mongo;
  private final SupportedCommands commands = new SupportedCommands();
  private final MongoLink link;
  private final MongoListingStore listings;
  private final MongoCardStore cards;

  MongoTierTest(@TempDir Path dir) {
    mongo = MongoProcess.start(dir, MongoProcess.Kind.FILE);
    link = MongoLink.open(mongo.uri(), "podium", TestTier.MONGO, commands);
    listings = new MongoListingStore(link);
    cards = new MongoCardStore(link);
  }

  @AfterEach
  void close() {
    link.close();
    mongo.close();
    assertThat(commands.violations()).isEmpty();
  }

  @Test
  void whatWasAcknowledgedSurvivesAKill() {
    Listing before = Samples.listing(Samples.key(), 1, 20);
    answer(listings.publish(before, Optional.empty(), 1));
    for (long e = 2; e <= 20; e++) {
      Listing next = Samples.listing(before.key(), e, 20);
      answer(listings.publish(next, Optional.of(before), 1));
      answer(cards.merge(List.of(Samples.card("P" + e, "price", "1", e))));
      before = next;
    }
    mongo.kill();
    assertThat(failure(listings.find(before.key())).kind()).isIn(Kind.AWAY, Kind.TIMEOUT);
    mongo.restart();
    Await.until("mongo is back", () -> answer(link.check()).ok());
    assertThat(answer(listings.find(before.key()))).contains(before);
    assertThat(answer(listings.history(before.key(), 0, 100))).hasSize(20);
    assertThat(answer(cards.scan("", 100)).orElseThrow()).hasSize(19);
  }

  @Test
  void aPublicationThatStoppedBeforeItsHistoryIsCompletedWhenItIsRepeated() {
    Listing listing = Samples.listing(Samples.key(), 5, 20);
    answer(listings.publish(listing, Optional.empty(), 1));
    answer(
        Publishers.first(
            link.writes("history").deleteMany(Filters.eq("k", KeyText.write(listing.key())))));
    assertThat(answer(listings.publish(listing, Optional.empty(), 1)))
        .isEqualTo(PublishResult.OLDER);
    assertThat(answer(listings.history(listing.key(), 0, 10))).containsExactly(listing);
  }

  @Test
  void damagedBytesAreToldAndReplacedByTheNextPublication() {
    Listing listing = Samples.listing(Samples.key(), 5, 20);
    answer(listings.publish(listing, Optional.empty(), 1));
    Listing other = Samples.listing(Samples.key(), 5, 20);
    answer(listings.publish(other, Optional.empty(), 1));
    byte[] good = ListingCodec.encode(listing);
    for (Damage damage : Damage.values()) {
      store(listing, damage.of(good));
      assertThat(failure(listings.find(listing.key())).kind())
          .as(damage.name())
          .isEqualTo(Kind.CORRUPT);
      assertThat(answer(listings.find(other.key()))).contains(other);
    }
    store(listing, StoredBytes.ofNextVersion(good));
    assertThat(answer(listings.find(listing.key()))).contains(listing);
    store(listing, Damage.GARBAGE.of(good));
    Listing next = Samples.listing(listing.key(), 6, 20);
    assertThat(answer(listings.publish(next, Optional.of(listing), 1)))
        .isEqualTo(PublishResult.STORED);
    assertThat(answer(listings.find(listing.key()))).contains(next);
  }

  private void store(Listing listing, byte[] bytes) {
    answer(
        Publishers.first(
            link.writes("listings")
                .updateOne(
                    Filters.eq("_id", KeyText.write(listing.key())),
                    Updates.set("value", new Binary(bytes)))));
  }

  @Test
  void oneDamagedEpochHidesNoOther() {
    Listing before = Samples.listing(Samples.key(), 1, 20);
    for (long e = 1; e <= 3; e++) {
      answer(listings.publish(Samples.listing(before.key(), e, 20), Optional.empty(), 1));
    }
    String damaged = KeyText.write(before.key()) + "@2";
    answer(
        Publishers.first(
            link.writes("history")
                .updateOne(Filters.eq("_id", damaged), Updates.set("value", "garbage"))));
    assertThat(answer(listings.history(before.key(), 0, 10)).stream().map(Listing::epoch))
        .containsExactly(1L, 3L);
    assertThat(listings.unreadable()).isEqualTo(1);
    assertThat(listings.damaged()).singleElement().asString().startsWith(damaged + ": ");
    assertThat(failure(listings.findEpoch(before.key(), 2)).kind()).isEqualTo(Kind.CORRUPT);
    answer(
        Publishers.first(
            link.writes("listings")
                .updateOne(
                    Filters.eq("_id", KeyText.write(before.key())),
                    Updates.set("epoch", "garbage"))));
    assertThat(answer(listings.epochs(List.of(before.key())))).isEmpty();
  }

  @Test
  void anAwayOrFrozenServerFailsWithinTheLimits() {
    MongoLimits impatient =
        new MongoLimits(Duration.ofMillis(250), Duration.ofMillis(250), Duration.ofSeconds(1), 4);
    try (MongoLink quick = MongoLink.open(mongo.uri(), "podium", impatient)) {
      MongoListingStore store = new MongoListingStore(quick);
      Await.until("warm", () -> answer(quick.check()).ok());
      mongo.freeze();
      long start = System.nanoTime();
      assertThat(failure(store.find(Samples.key())).kind()).isIn(Kind.TIMEOUT, Kind.AWAY);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      mongo.thaw();
      Await.until("mongo is back", () -> answer(quick.check()).ok());
    }
  }
}
