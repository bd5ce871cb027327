package io.podium.read.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.announce.Announcement;
import io.podium.announce.Announcement.BoardCurrent;
import io.podium.announce.Announcement.BoardsChanged;
import io.podium.announce.Announcement.ListingChanged;
import io.podium.announce.AnnouncementLog;
import io.podium.guard.AbsentFilter;
import io.podium.guard.Bulkhead;
import io.podium.guard.CallBreaker;
import io.podium.guard.StoreGuard;
import io.podium.guard.StoreGuards;
import io.podium.listing.BoardInfo;
import io.podium.listing.Boards;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.read.hit.Held;
import io.podium.read.hit.Uses;
import io.podium.read.page.BoardView;
import io.podium.read.page.Cursors;
import io.podium.read.page.Page;
import io.podium.read.page.PageEncoder;
import io.podium.read.page.PageSpec;
import io.podium.store.Await;
import io.podium.store.ListingStore;
import io.podium.store.StoreException;
import io.podium.store.memory.MemoryAnnouncementLog;
import io.podium.store.memory.MemoryCardStore;
import io.podium.store.memory.MemoryListingStore;
import io.podium.store.tiered.CardReads;
import io.podium.store.tiered.ListingReads;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On stores in memory that take their time, with 1,500 pages held. */
class RefresherTest {
  private static final int HELD = 1_500;
  private static final int KEPT = 8;
  private static final Duration FOREVER = Duration.ofDays(1);
  private static final ListingKey READ = key(0);

  /** Nobody has asked for it yet. */
  private static final ListingKey NEW = key(HELD);

  private final MemoryListingStore store = new MemoryListingStore();
  private final AnnouncementLog log = new MemoryAnnouncementLog(KEPT);
  private final AtomicInteger finds = new AtomicInteger();
  private final List<Integer> compared = new CopyOnWriteArrayList<>();

  /** At each read, whether announcements count as followed. */
  private final Set<Boolean> inTouch = ConcurrentHashMap.newKeySet();

  private volatile boolean versionsFail;
  private volatile long delayMs;
  private volatile @Nullable ListingKey held;
  private final CompletableFuture<Void> letGo = new CompletableFuture<>();
  private volatile Duration ahead = Duration.ZERO;
  private Refresh refresh;

  private static ListingKey key(int i) {
    return new ListingKey("best", Slice.of(Map.of("category", "c" + i)));
  }

  @BeforeEach
  void open() {
    Await.answer(store.publishBoards(new Boards(1, List.of(board())), 1));
    for (int i = 0; i < HELD + 1; i++) {
      publish(key(i), 1);
    }
    StoreReads.From reads = reads();
    refresh =
        new Refresh(
            new WatchedLog(log, FOREVER, () -> inTouch.add(refresh.feed().isInTouch())),
            reads,
            reads,
            new Warm(new Nothing()),
            new PageEncoder(new Cursors(new byte[16])),
            new Nobody(),
            new Refresh.Limits(64 << 20, Duration.ofMinutes(10), 100_000, 1_000, 512, 2),
            new TestClock(() -> Instant.now().plus(ahead)));
    refresh.follow();
    Await.until("the boards are known", () -> refresh.books().current().version() == 1);
    BoardView board = Objects.requireNonNull(refresh.books().current().board("best"));
    for (int i = 0; i < HELD; i++) {
      Await.answer(refresh.loader().load(board, PageSpec.first(key(i), 10), Set.of()));
    }
    Uses.use(held(READ), 1);
    Await.until("announcements are followed", () -> refresh.feed().isInTouch());
    inTouch.clear();
    finds.set(0);
  }

  @AfterEach
  void close() {
    refresh.close();
  }

  private void publish(ListingKey key, long epoch) {
    List<Entry> entries = List.of(new Entry("P1", BigInteger.TEN, 1, 0, false, false));
    Listing listing =
        new Listing(
            key,
            epoch,
            epoch - 1,
            Instant.ofEpochSecond(epoch),
            "ab".repeat(32),
            "cd".repeat(32),
            null,
            0,
            entries,
            List.of());
    Await.answer(store.publish(listing, Optional.empty(), 1));
  }

  private static BoardInfo board() {
    return new BoardInfo(
        "best",
        Map.of("en", "Best sellers"),
        List.of(List.of("category")),
        100,
        Duration.ofSeconds(1),
        true,
        0,
        false,
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Map.of("category", IntStream.range(0, HELD + 1).mapToObj(i -> "c" + i).toList()));
  }

  private Held held(ListingKey key) {
    return refresh.pages().of(key).iterator().next();
  }

  private boolean shows(ListingKey key, long epoch) {
    Page page = held(key).page();
    return page != null && page.epoch() == epoch;
  }

  /** More than the log keeps. */
  private void gap() {
    Announcement beat = new BoardCurrent("best", Instant.EPOCH);
    Await.answer(log.append(Collections.nCopies(2 * KEPT, beat)));
  }

  @Test
  void afterAGap_whatIsReadAndChangesAgainIsShownLongBeforeEverythingIsFetched() {
    delayMs = 50;
    gap();
    Await.until("all is being fetched", () -> finds.get() > 0);
    publish(READ, 2);
    Await.answer(log.append(List.of(new ListingChanged(READ, 2))));
    Await.until("the change is shown", () -> shows(READ, 2));
    assertThat(finds.get()).isLessThan(HELD);
    Await.until("all is fetched", () -> finds.get() >= HELD);
  }

  @Test
  void afterAGap_whatIsReadIsShownBeforeTheRest() {
    publish(READ, 2);
    delayMs = 50;
    gap();
    Await.until("the change is shown", () -> shows(READ, 2));
    assertThat(finds.get()).isLessThanOrEqualTo(2 * 64);
  }

  @Test
  void versionsAreComparedSomeAtATime_andAnnouncementsDoNotWaitForThem() {
    versionsFail = true;
    ahead = Duration.ofSeconds(10);
    Await.until("versions are asked for in vain", () -> !compared.isEmpty());
    publish(READ, 2);
    Await.answer(log.append(List.of(new ListingChanged(READ, 2))));
    Await.until("the change is shown", () -> shows(READ, 2));
    assertThat(inTouch).containsOnly(true);
    versionsFail = false;
    compared.clear();
    ahead = Duration.ofSeconds(20);
    Await.until(
        "all versions are compared",
        () -> compared.stream().mapToInt(Integer::intValue).sum() == HELD);
    assertThat(compared).allSatisfy(keys -> assertThat(keys).isLessThanOrEqualTo(256));
  }

  /** The gap was seen before the page was among those held. */
  @Test
  void aPageThatWasBeingLoadedWhileAnnouncementsWereMissedIsCheckedAgain() {
    CompletableFuture<Optional<PageLoader.Loaded>> load = startLoad(PageSpec.first(NEW, 10));
    missAnnouncements();
    letGo.complete(null);
    Held late = Await.answer(load).orElseThrow().held();
    isHeard();
    long since = System.currentTimeMillis() + 1_000;
    Await.until("it counts as checked", () -> Uses.checkedAt(late) > since);
  }

  @Test
  void aPageBehindACursorThatWasBeingLoadedMeanwhileIsNotHeld() {
    PageSpec second = new PageSpec(NEW, 10, 1, 10);
    CompletableFuture<Optional<PageLoader.Loaded>> load = startLoad(second);
    missAnnouncements();
    letGo.complete(null);
    assertThat(Await.answer(load)).isPresent();
    Await.until("it is let go", () -> refresh.pages().find(second.text()) == null);
    assertThat(Await.answer(startedLoad(second))).isPresent();
  }

  @Test
  void aBoardThatComesBackIsFollowedAgain() {
    PageSpec first = PageSpec.first(READ, 10);
    boards(new Boards(2, List.of()));
    Await.until("its pages are let go", () -> refresh.pages().find(first.text()) == null);
    boards(new Boards(3, List.of(board())));
    Await.until("it is back", () -> refresh.books().current().version() == 3);
    Held again = Await.answer(startedLoad(first)).orElseThrow().held();
    isHeard();
    long since = System.currentTimeMillis() + 1_000;
    Await.until("it counts as checked", () -> Uses.checkedAt(again) > since);
  }

  private void boards(Boards boards) {
    Await.answer(store.publishBoards(boards, 1));
    Await.answer(log.append(List.of(new BoardsChanged(boards.version()))));
  }

  /** Its listing does not come before {@link #letGo}. */
  private CompletableFuture<Optional<PageLoader.Loaded>> startLoad(PageSpec spec) {
    held = NEW;
    finds.set(0);
    CompletableFuture<Optional<PageLoader.Loaded>> load = startedLoad(spec);
    Await.until("its listing is asked for", () -> finds.get() > 0);
    return load;
  }

  private CompletableFuture<Optional<PageLoader.Loaded>> startedLoad(PageSpec spec) {
    BoardView board = Objects.requireNonNull(refresh.books().current().board("best"));
    return refresh.loader().load(board, spec, Set.of());
  }

  /** Until those that are held were checked again. */
  private void missAnnouncements() {
    gap();
    Await.until("all is fetched", () -> finds.get() >= 1 + HELD);
    isHeard();
    long since = System.currentTimeMillis() + 1_000;
    Await.until("what is held counts as checked", () -> Uses.checkedAt(held(READ)) > since);
    assertThat(refresh.pages().of(NEW)).isEmpty();
  }

  /** The board's updater gives a sign of life. */
  private void isHeard() {
    Await.answer(log.append(List.of(new BoardCurrent("best", Instant.EPOCH))));
  }

  private StoreReads.From reads() {
    return reads(slow());
  }

  static StoreReads.From reads(ListingStore listings) {
    MemoryCardStore cards = new MemoryCardStore();
    AbsentFilter absent = new AbsentFilter(1 << 10, Duration.ofMinutes(1), System::nanoTime);
    StoreGuards guards = StoreGuards.all(guard());
    return new StoreReads.From(
        new ListingReads(listings, guards, listings, guards),
        new CardReads(cards, guards, cards, guards, absent));
  }

  static StoreGuard guard() {
    Duration minute = Duration.ofMinutes(1);
    CallBreaker.Settings never =
        new CallBreaker.Settings(10, minute, 10, 2, 2, minute, Duration.ofMillis(1));
    return new StoreGuard(
        "twin", "all", new CallBreaker(never, System::nanoTime), new Bulkhead("twin", 512), minute);
  }

  /** The store, with what the fields say. */
  private ListingStore slow() {
    return (ListingStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ListingStore.class},
            (proxy, method, arguments) -> {
              Supplier<Object> call =
                  () -> {
                    try {
                      return method.invoke(store, arguments);
                    } catch (ReflectiveOperationException e) {
                      throw new LinkageError("the twin of the store", e);
                    }
                  };
              return switch (method.getName()) {
                case "find", "findSince", "findEpoch" -> {
                  finds.incrementAndGet();
                  yield arguments[0].equals(held)
                      ? letGo.thenCompose(go -> (CompletionStage<?>) call.get())
                      : later(call);
                }
                case "epochs" -> {
                  compared.add(((Collection<?>) arguments[0]).size());
                  yield versionsFail
                      ? CompletableFuture.failedFuture(
                          new StoreException(StoreException.Kind.AWAY, "away", null))
                      : call.get();
                }
                default -> call.get();
              };
            });
  }

  private CompletionStage<?> later(Supplier<Object> call) {
    return delayMs == 0
        ? (CompletionStage<?>) call.get()
        : CompletableFuture.supplyAsync(
                () -> (CompletionStage<?>) call.get(),
                CompletableFuture.delayedExecutor(delayMs, TimeUnit.MILLISECONDS))
            .thenCompose(answer -> answer);
  }

  /** Keeps nothing. */
  static final class Nothing implements Warm.Memory {
    @Override
    public byte @Nullable [] get(byte kind, String key) {
      return null;
    }

    @Override
    public void put(byte kind, String key, byte[] value) {}
  }

  static final class Nobody implements Follower {
    @Override
    public Set<ListingKey> followed() {
      return Set.of();
    }

    @Override
    public void published(Listing listing) {}
  }
}
