package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podium.announce.AnnouncementLog;
import io.podium.listing.BoardInfo;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.stream.MemoryLease;
import io.podium.store.ListingStore;
import io.podium.store.StoreException;
import io.podium.store.memory.MemoryAnnouncementLog;
import io.podium.store.memory.MemoryListingStore;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublisherTest {
  /** More than go to the store at once. */
  private static final List<ListingKey> MANY =
      IntStream.range(0, 300)
          .mapToObj(i -> new ListingKey("hot", Slice.of(Map.of("category", "c" + i))))
          .toList();

  private static final Duration TTL = Duration.ofSeconds(2);
  private static final Duration DEADLINE = Duration.ofSeconds(5);
  private static final ListingKey KEY = new ListingKey("best", Slice.WHOLE_SHOP);

  private static final Set<ListingKey> ALL =
      Stream.concat(MANY.stream(), Stream.of(KEY)).collect(Collectors.toUnmodifiableSet());

  private boolean isAway;
  private final Clock clock = new VirtualClock(() -> 1_000);
  private final Lease lease =
      new Lease(new MemoryLease(() -> 1_000), "a/1", TTL, clock, () -> 1_000_000_000);
  private final Movement movement = new Movement(SimulatedWorld.BOARDS);
  private final MemoryListingStore cache = new MemoryListingStore();
  private final List<ListingKey> published = new ArrayList<>();
  private Runnable onPublish = () -> {};
  private final Publisher publisher =
      new Publisher(
          watched(),
          new TrailingStore(
              new MemoryListingStore(), lease, movement, Duration.ZERO, TTL, clock, DEADLINE),
          Away.when(() -> isAway, AnnouncementLog.class, "append", new MemoryAnnouncementLog(100)),
          lease,
          movement,
          clock,
          DEADLINE);
  private final RankingCore core = new RankingCore(SimulatedWorld.BOARDS, CoreLimits.DEFAULT);

  @AfterEach
  void close() {
    core.close();
  }

  @Test
  void boardsOfferedWhileAnAnnouncementIsOwedArePublishedAfterIt() {
    List<BoardInfo> boards = new BoardInfos(SimulatedWorld.BOARDS).changed(core).orElseThrow();
    lease.step();
    publisher.begin(lease.token().orElseThrow(), Set.of(KEY));
    publisher.offerBoards(boards.subList(0, 1));
    publisher.runCycle();

    isAway = true;
    publisher.offer(List.of(core.rank(KEY)));
    assertThatThrownBy(publisher::runCycle).isInstanceOf(StoreException.class);
    publisher.offerBoards(boards);
    assertThatThrownBy(publisher::runCycle).isInstanceOf(StoreException.class);

    isAway = false;
    publisher.runCycle();
    assertThat(cache.boards().toCompletableFuture().join().boards()).isEqualTo(boards);
  }

  @Test
  void boardOfManyListingsLetsThoseOfAHastierOnePass() {
    lease.step();
    publisher.begin(lease.token().orElseThrow(), ALL);
    publisher.offerBoards(new BoardInfos(SimulatedWorld.BOARDS).changed(core).orElseThrow());
    publisher.runCycle();

    onPublish =
        () -> {
          onPublish = () -> {};
          publisher.offer(List.of(core.rank(KEY)));
        };
    publisher.offer(MANY.stream().map(core::rank).toList());
    publisher.runCycle();
    assertThat(published).hasSize(301).containsAll(ALL);
    assertThat(published.indexOf(KEY)).isBetween(1, 100);
    assertThat(publisher.lastComplete()).isEqualTo(publisher.cycles());
  }

  @Test
  void whatIsOfferedAfterANewBeginningWaitsForItsOwnCycle() {
    lease.step();
    long token = lease.token().orElseThrow();
    publisher.begin(token, ALL);
    publisher.offerBoards(new BoardInfos(SimulatedWorld.BOARDS).changed(core).orElseThrow());
    publisher.runCycle();

    onPublish =
        () -> {
          onPublish = () -> {};
          publisher.begin(token, ALL);
          publisher.offer(List.of(core.rank(KEY)));
        };
    publisher.offer(MANY.stream().map(core::rank).toList());
    publisher.runCycle();
    assertThat(published).doesNotContain(KEY);
    publisher.offerBoards(new BoardInfos(SimulatedWorld.BOARDS).changed(core).orElseThrow());
    publisher.runCycle();
    assertThat(published).contains(KEY);
  }

  /** The cache, which tells what is published to it. */
  private ListingStore watched() {
    Object proxy =
        Proxy.newProxyInstance(
            ListingStore.class.getClassLoader(),
            new Class<?>[] {ListingStore.class},
            (self, method, arguments) -> {
              if (method.getName().equals("publish")) {
                published.add(((Listing) arguments[0]).key());
                onPublish.run();
              }
              return method.invoke(cache, arguments);
            });
    return (ListingStore) proxy;
  }
}
