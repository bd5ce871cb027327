package io.podium.bench.read;

import io.podium.codec.BoardsCodec;
import io.podium.listing.BoardInfo;
import io.podium.listing.Boards;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.read.page.BoardView;
import io.podium.read.page.Bodies;
import io.podium.read.page.Cursors;
import io.podium.read.page.Encoding;
import io.podium.read.page.Freshness;
import io.podium.read.page.Page;
import io.podium.read.page.PageCodec;
import io.podium.read.page.PageEncoder;
import io.podium.read.page.PageSpec;
import io.podium.read.refresh.Warm;
import io.podium.store.hot.HotKey;
import io.podium.store.hot.HotSettings;
import io.podium.store.hot.HotTier;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A hot tier as an engine would have left it: one page for each of many slices, by category and age
 * group. Pages are encoded for some slices; the others take those bytes under names of their own,
 * since compressing a million pages would take the better part of an hour.
 */
final class HotFill {
  /** Values of one dimension; a board keeps at most 10,000. */
  private static final int AGES = 100;

  private static final int ENCODED = 200;
  private static final int LARGEST = 256 << 10;
  private static final int SIZE = 20;

  private final int pages;
  private final int entries;

  /**
   * @param pages at most a million
   * @param entries on each; no cards
   */
  HotFill(int pages, int entries) {
    this.pages = pages;
    this.entries = entries;
  }

  int averageBytes() {
    return 1_280 + 110 * entries;
  }

  /** What the engine must be started with to open it. */
  List<String> settings() {
    return List.of(
        "engine.hotTier.entries=" + capacity(), "engine.hotTier.averageBytes=" + averageBytes());
  }

  private int capacity() {
    return pages + Math.max(1_000, pages / 5);
  }

  /** Path and query of one of the pages. */
  static String target(int page) {
    return "/v1/rankings/"
        + ReadShop.BOARD
        + "?category=c"
        + page / AGES
        + "&ageGroup=a"
        + page % AGES
        + "&size="
        + SIZE;
  }

  private static ListingKey listing(int page) {
    return new ListingKey(
        ReadShop.BOARD,
        Slice.of(Map.of("category", "c" + page / AGES, "buyer.ageGroup", "a" + page % AGES)));
  }

  void write(Path dir) {
    HotSettings settings = new HotSettings(dir, capacity(), averageBytes(), LARGEST);
    BoardInfo board = board();
    BoardView view = new BoardView(board);
    PageEncoder encoder = new PageEncoder(new Cursors(new byte[32]));
    List<Page> encoded = new ArrayList<>();
    try (HotTier hot = HotTier.open(settings)) {
      hot.put(
          (byte) 'B',
          HotKey.of((byte) 'B', "boards"),
          BoardsCodec.encode(new Boards(1, List.of(board))));
      for (int i = 0; i < Math.min(ENCODED, pages); i++) {
        PageSpec spec = spec(i);
        Page page = encoder.encode(spec, view, listing(spec), Map.of(), System.currentTimeMillis());
        encoded.add(page);
        put(hot, page);
      }
      // Half of the work is outside of the tier's lock.
      IntStream.range(encoded.size(), pages)
          .parallel()
          .forEach(i -> put(hot, named(spec(i), encoded.get(i % ENCODED))));
    }
  }

  private static PageSpec spec(int page) {
    return PageSpec.first(listing(page), SIZE);
  }

  private static void put(HotTier hot, Page page) {
    byte[] bytes = PageCodec.write(page, Freshness.UNCHECKED);
    hot.put(Warm.PAGE, HotKey.of(Warm.PAGE, page.text()), bytes);
  }

  /** The bytes of another page under this one's own name, by which the engine knows it. */
  private static Page named(PageSpec spec, Page other) {
    Page.Head head = other.head();
    Page.Head own =
        new Page.Head(
            spec.text(),
            spec.listing(),
            head.epoch(),
            head.pinned(),
            head.products(),
            head.next(),
            head.renewAt(),
            head.maxAge(),
            head.cacheControl(),
            head.asOf(),
            head.checkedAt());
    Bodies bodies =
        new Bodies(
            other.coded(Encoding.IDENTITY).body(),
            other.coded(Encoding.GZIP).body(),
            other.coded(Encoding.BROTLI).body());
    return new Page(own, bodies, other.etag());
  }

  private Listing listing(PageSpec spec) {
    List<Entry> all = new ArrayList<>();
    for (int i = 0; i < entries; i++) {
      all.add(
          new Entry(ReadShop.product(i), BigInteger.valueOf(10_000 - i), i + 1, 0, false, false));
    }
    String hash = "ab".repeat(32);
    return new Listing(spec.listing(), 2, 1, Instant.now(), hash, hash, null, 0, all, List.of());
  }

  private BoardInfo board() {
    List<String> categories = new ArrayList<>();
    for (int i = 0; i <= (pages - 1) / AGES; i++) {
      categories.add("c" + i);
    }
    List<String> ages = new ArrayList<>();
    for (int i = 0; i < AGES; i++) {
      ages.add("a" + i);
    }
    return new BoardInfo(
        ReadShop.BOARD,
        Map.of("en", "Best sellers"),
        List.of(List.of("category", "buyer.ageGroup")),
        100,
        Duration.ofSeconds(1),
        true,
        0,
        false,
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Map.of("category", categories, "buyer.ageGroup", ages));
  }
}
