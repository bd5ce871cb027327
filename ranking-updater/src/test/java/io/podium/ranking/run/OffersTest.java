package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.stream.EventLog;
import io.podium.ranking.stream.MemoryEventLog;
import io.podium.ranking.stream.MemoryLease;
import io.podium.ranking.stream.Positions;
import io.podium.store.StoreException;
import io.podium.store.memory.MemoryAnnouncementLog;
import io.podium.store.memory.MemoryListingStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OffersTest {
  private static final Duration TTL = Duration.ofSeconds(2);
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final ListingKey KEY = new ListingKey("best", Slice.WHOLE_SHOP);

  private long now = 1_000;
  private boolean isAway;
  private final Clock clock = new VirtualClock(() -> now);
  private final EventLog log =
      Away.when(
          () -> isAway, EventLog.class, "ends", new MemoryEventLog(() -> now, Long.MAX_VALUE));
  private final Lease lease =
      new Lease(new MemoryLease(() -> now), "a/1", TTL, clock, () -> now * 1_000_000);
  private final Movement movement = new Movement(SimulatedWorld.BOARDS);
  private final TrailingStore trailing =
      new TrailingStore(
          new MemoryListingStore(), lease, movement, Duration.ZERO, TTL, clock, DEADLINE);
  private final Publisher publisher =
      new Publisher(
          new MemoryListingStore(),
          trailing,
          new MemoryAnnouncementLog(100),
          lease,
          movement,
          clock,
          DEADLINE);
  private final Offers offers = new Offers(SimulatedWorld.BOARDS, log, publisher, lease, 64, clock);
  private final RankingCore core = new RankingCore(SimulatedWorld.BOARDS, CoreLimits.DEFAULT);
  private final KnownListings known = new KnownListings(List.of(KEY));

  @AfterEach
  void close() {
    core.close();
  }

  private void rank() {
    offers.rank(core, Positions.START, known, now);
  }

  /** By its own count; in the log it stands a little longer. */
  private void letTheLeaseRunOut() {
    now += TTL.toMillis() * 9 / 10;
    assertThat(lease.token()).isEmpty();
  }

  @Test
  void whatThePublisherDroppedIsOfferedAgain_alsoWhenTheLogIsAwayMeanwhile() {
    lease.step();
    long token = lease.token().orElseThrow();
    rank();
    assertThat(publisher.waiting()).isPositive();

    letTheLeaseRunOut();
    publisher.runCycle();
    assertThat(publisher.waiting()).isZero();

    lease.step();
    assertThat(lease.token()).hasValue(token);
    isAway = true;
    assertThatThrownBy(this::rank).isInstanceOf(StoreException.class);
    isAway = false;
    rank();
    assertThat(publisher.waiting()).isPositive();
  }

  @Test
  void anEmptiedCacheIsFilledAgain_alsoWhenTheLogIsAwayMeanwhile() {
    lease.step();
    rank();
    publisher.runCycle();
    assertThat(publisher.waiting()).isZero();

    offers.republish();
    isAway = true;
    assertThatThrownBy(this::rank).isInstanceOf(StoreException.class);
    isAway = false;
    rank();
    assertThat(publisher.waiting()).isPositive();
  }
}
