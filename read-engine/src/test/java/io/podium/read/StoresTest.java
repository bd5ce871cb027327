package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.backends.Fault;
import io.podium.backends.FaultProxy;
import io.podium.backends.FreePorts;
import io.podium.backends.MongoProcess;
import io.podium.config.StoresConfig;
import io.podium.config.StoresConfig.MongoLimits;
import io.podium.config.StoresConfig.RedisLimits;
import io.podium.guard.CallBreaker.State;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.store.tiered.ListingReads;
import io.podium.store.tiered.Read;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresTest {
  private static final int CONNECTIONS = 16;
  private static final Duration SELECT = Duration.ofMillis(150);
  private static final Duration ROUND_TRIP = Duration.ofMillis(30);

  /** More than the connections answer within the selection timeout. */
  private static final int LISTINGS = 120;

  /** The driver's own, by which it watches the server. */
  private static final int MONITORS = 2;

  @Test
  void aRefreshOfAllThatIsHeldBreaksNoMongoThatAnswers(@TempDir Path dir) {
    String nobody = "redis://127.0.0.1:" + FreePorts.next();
    try (MongoProcess mongo = MongoProcess.start(dir, MongoProcess.Kind.MEMORY);
        FaultProxy link = FaultProxy.to(mongo.port(), 1);
        Stores stores = new Stores(config(nobody, link.port()))) {
      ListingReads reads = stores.refreshes().listings();
      Http.await("Mongo is known", () -> isMongo(reads.find(key(0)).toCompletableFuture()));
      Http.await("half of the connections are open", () -> link.open() > CONNECTIONS / 2);
      link.set(Fault.NONE, Fault.delay(ROUND_TRIP, Duration.ZERO));
      List<CompletableFuture<Read<Optional<Listing>>>> all =
          IntStream.range(0, LISTINGS)
              .mapToObj(i -> reads.find(key(i)).toCompletableFuture())
              .toList();
      assertThat(all).allMatch(StoresTest::isMongo);
      assertThat(stores.guards())
          .filteredOn(guard -> guard.store().equals("mongo"))
          .allMatch(guard -> guard.breaker().state() == State.CLOSED)
          .allMatch(guard -> guard.refused() == 0);
      assertThat(link.open()).isLessThanOrEqualTo(CONNECTIONS / 2 + MONITORS);
    }
  }

  private static StoresConfig config(String redis, int mongo) {
    String uri = "mongodb://127.0.0.1:" + mongo + "/?directConnection=true";
    MongoLimits d = MongoLimits.DEFAULT;
    MongoLimits limits = new MongoLimits(SELECT, d.read(), d.write(), CONNECTIONS);
    return new StoresConfig(redis, redis, uri, "podium", RedisLimits.DEFAULT, limits);
  }

  private static ListingKey key(int i) {
    return new ListingKey("best", Slice.of(Map.of("category", "c" + i)));
  }

  private static boolean isMongo(CompletableFuture<Read<Optional<Listing>>> read) {
    return read.handle((r, failure) -> failure == null && r.source() == Read.Source.MONGO).join();
  }
}
