package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.core.Ranked;
import io.podium.store.ListingStore;
import io.podium.store.memory.MemoryListingStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StandingTest {
  private static final ListingKey KEY = new ListingKey("hot", Slice.WHOLE_SHOP);
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  private final MemoryListingStore cache = new MemoryListingStore();
  private final AtomicInteger asked = new AtomicInteger();
  private final ListingStore mongo =
      Away.when(
          () -> {
            asked.incrementAndGet();
            return true;
          },
          ListingStore.class,
          "findAsOf",
          new MemoryListingStore());
  private final VirtualClock clock = new VirtualClock(NOW::toEpochMilli);
  private final Standing standing =
      new Standing(cache, mongo, new Movement(SimulatedWorld.BOARDS), Duration.ofSeconds(1), clock);

  @Test
  void takeoverOfAYoungShopDoesNotWaitForBaselinesThatNobodyHas() {
    stands(0);
    standing.load(List.of(ranked(NOW.plusSeconds(5))));
    assertThat(asked).hasValue(0);

    standing.load(List.of(ranked(NOW.plusSeconds(11))));
    assertThat(asked).hasValue(1);
  }

  @Test
  void baselineThatTheCacheHasLostIsLookedForBehindAtOnce() {
    stands(7);
    standing.load(List.of(ranked(NOW.plusSeconds(5))));
    assertThat(asked).hasValue(1);
  }

  private void stands(long baseline) {
    Listing listing =
        new Listing(KEY, 8, baseline, NOW, "hash", "chain", null, 0, List.of(), List.of());
    cache.publish(listing, Optional.empty(), 1).toCompletableFuture().join();
  }

  private static Ranked ranked(Instant asOf) {
    return new Ranked(KEY, asOf, asOf, "hash", null, 0, List.of(), List.of(), List.of());
  }
}
