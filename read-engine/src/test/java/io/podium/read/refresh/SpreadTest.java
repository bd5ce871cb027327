package io.podium.read.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.announce.AnnouncementLog;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.read.page.Cursors;
import io.podium.read.page.PageEncoder;
import io.podium.store.Await;
import io.podium.store.ListingStore;
import io.podium.store.memory.MemoryAnnouncementLog;
import io.podium.store.memory.MemoryListingStore;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What many engines do by the clock they do not do at the same moment. */
class SpreadTest {
  private static final int ENGINES = 32;
  private static final long START = 1_700_000_000_000L;

  private final AtomicLong now = new AtomicLong(START);
  private final AnnouncementLog log = new MemoryAnnouncementLog(8);
  private final MemoryListingStore store = new MemoryListingStore();
  private final List<Watched> engines =
      IntStream.range(0, ENGINES).mapToObj(i -> new Watched()).toList();

  @AfterEach
  void close() {
    engines.forEach(engine -> engine.refresh.close());
  }

  /** All of them began, or met a gap, at one moment, and later looked at one moment. */
  @Test
  void theNextLooksAtVersionsAreSpread() {
    engines.forEach(engine -> engine.refresh.follow());
    Await.until(
        "announcements are followed",
        () -> engines.stream().allMatch(engine -> engine.refresh.feed().isInTouch()));
    assertThat(looksAt(START + 4_999)).isZero();
    assertThat(looksAt(START + 5_500)).isBetween(1, ENGINES - 1);
    assertThat(looksAt(START + 20_000)).isEqualTo(ENGINES);
    assertThat(looksAt(START + 24_999)).isZero();
    assertThat(looksAt(START + 25_500)).isBetween(1, ENGINES - 1);
  }

  /** How many look at versions in a whole round at this moment. */
  private int looksAt(long moment) {
    int[] looks = engines.stream().mapToInt(engine -> engine.looks.get()).toArray();
    now.set(moment);
    int[] rounds = engines.stream().mapToInt(engine -> engine.rounds.get()).toArray();
    Await.until(
        "each has had a round",
        () ->
            IntStream.range(0, ENGINES).allMatch(i -> engines.get(i).rounds.get() > rounds[i] + 1));
    return (int)
        IntStream.range(0, ENGINES).filter(i -> engines.get(i).looks.get() > looks[i]).count();
  }

  @Test
  void whatFailedForAllIsTriedAgainAtDifferentTimes() {
    ListingKey key = new ListingKey("best", Slice.WHOLE_SHOP);
    long[] waits =
        IntStream.range(0, 1_000)
            .mapToObj(i -> new Feed(() -> 0))
            .peek(feed -> feed.listingAgain(key, 1))
            .mapToLong(feed -> feed.waitNanos(Long.MAX_VALUE))
            .toArray();
    for (long wait : waits) {
      assertThat(wait).isBetween(250_000_000L, 300_000_000L);
    }
    assertThat(Arrays.stream(waits).distinct().count()).isGreaterThan(900);
  }

  /** A refresher on the clock of the test, with nothing to fetch. */
  private final class Watched {
    final AtomicInteger rounds = new AtomicInteger();
    final AtomicInteger looks = new AtomicInteger();
    final Refresh refresh;

    Watched() {
      StoreReads.From reads = RefresherTest.reads(counted());
      refresh =
          new Refresh(
              // Each round reads once.
              new WatchedLog(log, Duration.ofMillis(20), rounds::incrementAndGet),
              reads,
              reads,
              new Warm(new RefresherTest.Nothing()),
              new PageEncoder(new Cursors(new byte[16])),
              new RefresherTest.Nobody(),
              new Refresh.Limits(1 << 20, Duration.ofMinutes(10), 100, 100, 16, 1),
              new TestClock(() -> Instant.ofEpochMilli(now.get())));
    }

    /** The store, whose version of the boards is asked for with each look. */
    private ListingStore counted() {
      return (ListingStore)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {ListingStore.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("boardsVersion")) {
                  looks.incrementAndGet();
                }
                return method.invoke(store, arguments);
              });
    }
  }
}
