package io.podium.bench.updater;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.Counts;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SalesTrafficTest {
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

  @Test
  void sameSeed_tellsTheSameEvents() {
    SalesTraffic one = traffic();
    SalesTraffic other = traffic();
    for (int i = 0; i < 10_000; i++) {
      assertThat(one.next()).isEqualTo(other.next());
    }
  }

  @Test
  void core_appliesAllButTheRepeats() {
    SalesTraffic traffic = traffic();
    Counts counts;
    try (RankingCore core = new RankingCore(BenchBoards.windowAndHalfLife(), CoreLimits.DEFAULT)) {
      for (int i = 0; i < 100_000; i++) {
        SalesEvent event = traffic.next();
        core.advance(traffic.nowMillis());
        core.apply(event, traffic.nowMillis());
      }
      counts = core.counts();
    }
    assertThat(counts.applied() + counts.duplicate()).isEqualTo(100_000);
    assertThat(counts.duplicate()).isBetween(800L, 1_200L);
    assertThat(counts.conflict()).isZero();
  }

  @Test
  void aStepOfTheClock_hasAsManyEventsAsAskedFor() {
    SalesTraffic traffic = traffic();
    for (int i = 0; i < 2_000; i++) {
      traffic.next();
    }
    assertThat(traffic.nowMillis()).isEqualTo(START.plus(Duration.ofMinutes(2)).toEpochMilli());
    traffic.pace(60_000);
    for (int i = 0; i < 1_000; i++) {
      traffic.next();
    }
    assertThat(traffic.nowMillis()).isEqualTo(START.plus(Duration.ofSeconds(121)).toEpochMilli());
  }

  @Test
  void oneEventInFive_isAnOrder() {
    SalesTraffic traffic = traffic();
    long orders = 0;
    for (int i = 0; i < 100_000; i++) {
      orders += traffic.next() instanceof OrderPlaced ? 1 : 0;
    }
    assertThat(orders).isBetween(19_000L, 21_500L);
  }

  @Test
  void zipf_givesTheFirstTwiceWhatTheSecondHas() {
    Zipf zipf = new Zipf(1_000, new SplittableRandom(7));
    int[] drawn = new int[1_000];
    for (int i = 0; i < 1_000_000; i++) {
      drawn[zipf.next()]++;
    }
    Arrays.sort(drawn);
    // The harmonic number of 1,000 is 7.485: the first has 13.4 % of all.
    assertThat(drawn[999]).isBetween(132_000, 135_500);
    assertThat(drawn[998]).isBetween(65_500, 68_200);
    assertThat(drawn[0]).isPositive();
  }

  private static SalesTraffic traffic() {
    return new SalesTraffic(42, 1_000, START, 1_000);
  }
}
