package io.podium.bench.jmh.page;

import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.card.Stamp;
import io.podium.listing.BoardInfo;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.read.page.BoardView;
import io.podium.read.page.Cursors;
import io.podium.read.page.Freshness;
import io.podium.read.page.Page;
import io.podium.read.page.PageCodec;
import io.podium.read.page.PageEncoder;
import io.podium.read.page.PageSpec;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A page as shops have it: 20 entries with their cards are about 4 KB of JSON. */
public final class SamplePage {
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
  private static final int LISTED = 100;
  private static final String HASH = "ab".repeat(32);

  private final PageEncoder encoder = new PageEncoder(new Cursors(new byte[32]));
  private final PageSpec spec;
  private final BoardView board;
  private final Listing listing;
  private final Map<String, Card> cards = new HashMap<>();

  /**
   * @param entries on the page, of 100 in the listing
   */
  SamplePage(int entries) {
    ListingKey key = new ListingKey("best-sellers", Slice.of(Map.of("category", "beauty")));
    List<Entry> all = new ArrayList<>();
    for (int i = 1; i <= LISTED; i++) {
      String product = "P%06d".formatted(i);
      all.add(new Entry(product, BigInteger.valueOf(100_000 - i), i + i % 3, 0, false, false));
      cards.put(product, card(product, i));
    }
    this.spec = PageSpec.first(key, entries);
    this.board = new BoardView(info());
    this.listing = new Listing(key, 4_711, 4_400, NOW, HASH, HASH, null, 0, all, List.of());
  }

  private static Card card(String product, int i) {
    Stamp stamp = new Stamp(NOW, "e");
    return Card.of(
        product,
        Map.of(
            "name", new Member(stamp, "\"진정 수분 토너 %d ml\"".formatted(i)),
            "brand", new Member(stamp, "\"브랜드 %d\"".formatted(i % 37)),
            "category", new Member(stamp, "\"beauty/skincare/toner\""),
            "price", new Member(stamp, Integer.toString(12_900 + i))));
  }

  private static BoardInfo info() {
    return new BoardInfo(
        "best-sellers",
        Map.of("en", "Best sellers"),
        List.of(List.of("category")),
        LISTED,
        Duration.ofSeconds(1),
        true,
        0,
        false,
        Duration.ofMinutes(10),
        Duration.ofHours(1),
        Map.of("category", List.of("beauty")));
  }

  Page encode() {
    return encoder.encode(spec, board, listing, cards, NOW.toEpochMilli());
  }

  /** As it lies in the hot tier, in every coding. */
  public static byte[] stored(int entries) {
    return PageCodec.write(new SamplePage(entries).encode(), Freshness.UNCHECKED);
  }
}
