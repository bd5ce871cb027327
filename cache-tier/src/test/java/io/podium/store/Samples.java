package io.podium.store;

import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.card.Stamp;
import io.podium.listing.BoardInfo;
import io.podium.listing.Boards;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Omitted;
import io.podium.listing.Slice;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Listings, cards and boards to store. */
public final class Samples {
  public static final Instant START = Instant.parse("2026-11-22T09:00:00.123456Z");

  private Samples() {}

  /** A key that no other test uses. */
  public static ListingKey key() {
    return new ListingKey(
        "best-" + UUID.randomUUID(),
        Slice.of(Map.of("category", "뷰티/스킨케어 & {100%}", "buyer.ageGroup", "20s")));
  }

  /**
   * Epoch {@code e} at START plus {@code e} seconds, with {@code size} entries of its own scores.
   */
  public static Listing listing(ListingKey key, long e, int size) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      // Most entries stand as they stood before; two move with each epoch.
      boolean moves = i == (int) (e % size) || i == (int) ((e * 7) % size);
      long score = 1_000_000L - 1000L * i + (moves ? e : 0);
      entries.add(new Entry("상품-" + i, BigInteger.valueOf(score), i + 1, i, i == 3, false));
    }
    BigInteger halfLife = BigInteger.TWO.pow(90).add(BigInteger.valueOf(e));
    List<Omitted> omitted =
        List.of(
            new Omitted("hidden", halfLife, 2, Omitted.Reason.HIDDEN, false),
            new Omitted("sold-out", BigInteger.TEN, 5, Omitted.Reason.INELIGIBLE, false));
    return new Listing(
        key,
        e,
        e > 10 ? e - 10 : 0,
        START.plusSeconds(e),
        "%064x".formatted(e),
        "%064x".formatted(e * 31),
        e % 2 == 0 ? Slice.of(Map.of("category", "뷰티")) : null,
        40,
        entries,
        omitted);
  }

  public static Card card(String id, String member, String json, long second) {
    return Card.of(id, Map.of(member, new Member(stamp(second), json)));
  }

  public static Stamp stamp(long second) {
    return new Stamp(START.plusSeconds(second), "e-" + second);
  }

  public static Boards boards(long version) {
    BoardInfo board =
        new BoardInfo(
            "best-sellers",
            Map.of("en", "Best sellers", "ko", "판매 랭킹"),
            List.of(List.of(), List.of("category", "buyer.ageGroup")),
            100,
            Duration.ofMillis(100),
            true,
            40,
            false,
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Map.of("category", List.of("beauty", "뷰티/스킨케어")));
    return new Boards(version, List.of(board));
  }
}
