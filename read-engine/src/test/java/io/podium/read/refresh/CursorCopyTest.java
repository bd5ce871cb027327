package io.podium.read.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.announce.Announcement;
import io.podium.announce.Announcement.BoardCurrent;
import io.podium.announce.Announcement.CardChanged;
import io.podium.announce.AnnouncementLog;
import io.podium.listing.BoardInfo;
import io.podium.listing.Boards;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.read.hit.Held;
import io.podium.read.page.BoardView;
import io.podium.read.page.Cursors;
import io.podium.read.page.PageEncoder;
import io.podium.read.page.PageSpec;
import io.podium.store.Await;
import io.podium.store.memory.MemoryAnnouncementLog;
import io.podium.store.memory.MemoryListingStore;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The second page of an epoch that was replaced, as the hot tier keeps it. */
class CursorCopyTest {
  private static final int LOG = 8;
  private static final ListingKey KEY = new ListingKey("best", Slice.WHOLE_SHOP);
  private static final PageSpec SECOND = new PageSpec(KEY, 10, 1, 10);

  private final MemoryListingStore store = new MemoryListingStore();
  private final AnnouncementLog log = new MemoryAnnouncementLog(LOG);
  private Refresh refresh;

  @BeforeEach
  void open() {
    Await.answer(store.publishBoards(new Boards(1, List.of(board())), 1));
    publish(1);
    StoreReads.From reads = RefresherTest.reads(store);
    refresh =
        new Refresh(
            log,
            reads,
            reads,
            new Warm(new Kept()),
            new PageEncoder(new Cursors(new byte[16])),
            new RefresherTest.Nobody(),
            new Refresh.Limits(1 << 20, Duration.ofMinutes(10), 1_000, 100, 16, 2),
            Clock.systemUTC());
    refresh.follow();
    Await.until("the boards are known", () -> refresh.books().current().version() == 1);
    Await.until("announcements are followed", () -> refresh.feed().isInTouch());
    refresh.pages().drop(load().orElseThrow().held());
    publish(2);
  }

  @AfterEach
  void close() {
    refresh.close();
  }

  private static BoardInfo board() {
    return new BoardInfo(
        "best",
        Map.of("en", "Best sellers"),
        List.of(List.of()),
        100,
        Duration.ofSeconds(1),
        true,
        0,
        false,
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Map.of());
  }

  private void publish(long epoch) {
    List<Entry> entries =
        IntStream.rangeClosed(1, 25)
            .mapToObj(i -> new Entry("P" + i, BigInteger.valueOf(100 - i), i, 0, false, false))
            .toList();
    String hash = "ab".repeat(32);
    Listing listing =
        new Listing(
            KEY,
            epoch,
            epoch - 1,
            Instant.ofEpochSecond(epoch),
            hash,
            hash,
            null,
            0,
            entries,
            List.of());
    Await.answer(store.publish(listing, Optional.empty(), 1));
  }

  private BoardView view() {
    return Objects.requireNonNull(refresh.books().current().board("best"));
  }

  private Optional<PageLoader.Loaded> load() {
    return Await.answer(refresh.loader().load(view(), SECOND, Set.of()));
  }

  private void announce(List<Announcement> announcements) {
    Await.answer(log.append(announcements));
  }

  @Test
  void isAnsweredWhenNoStoreHasItsEpochAnyMore() {
    Await.answer(store.prune(KEY, Instant.MAX, 2));
    long era = refresh.feed().era();
    announce(Collections.nCopies(2 * LOG, new BoardCurrent("best", Instant.EPOCH)));
    Await.until("a gap was seen", () -> refresh.feed().era() > era);
    assertThat(load()).isPresent();
  }

  /** As a recall, which the page does not show. */
  @Test
  void isLetGoWhenOneOfItsProductsChangedSince() {
    announce(List.of(new CardChanged("P11")));
    Await.until("the change is known", () -> changed("P11"));
    Held copy = Await.answer(refresh.loader().copyOf(view(), SECOND)).orElseThrow().held();
    Await.until("it is let go", () -> refresh.pages().find(copy.text()) == null);
  }

  private boolean changed(String product) {
    return refresh.changes().changedSince(0, product.hashCode());
  }

  /** Keeps everything. */
  private static final class Kept implements Warm.Memory {
    private final ConcurrentMap<String, byte[]> values = new ConcurrentHashMap<>();

    @Override
    public byte @Nullable [] get(byte kind, String key) {
      return values.get((char) kind + key);
    }

    @Override
    public void put(byte kind, String key, byte[] value) {
      values.put((char) kind + key, value);
    }
  }
}
