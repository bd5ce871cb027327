package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.card.Stamp;
import io.podium.listing.BoardInfo;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.Slice;
import io.podium.read.page.BoardView;
import io.podium.read.page.Cursors;
import io.podium.read.page.Encoding;
import io.podium.read.page.Freshness;
import io.podium.read.page.Page;
import io.podium.read.page.PageCodec;
import io.podium.read.page.PageEncoder;
import io.podium.read.page.PageSpec;
import io.podium.read.page.StoredPage;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PageEncoderTest {
  private static final PageEncoder ENCODER =
      new PageEncoder(new Cursors("0123456789abcdef".getBytes(StandardCharsets.UTF_8)));
  private static final PageSpec SPEC = PageSpec.first(Shop.BEST_TONER, 10);

  private static Listing listing(long baseline, int shift, List<Entry> entries) {
    return new Listing(
        Shop.BEST_TONER,
        4711,
        baseline,
        Instant.parse("2026-11-22T09:00:01Z"),
        "h",
        "c",
        Slice.of(Map.of("category", "beauty")),
        shift,
        entries,
        List.of());
  }

  private static Page encode(Listing listing, Map<String, Card> cards) {
    BoardInfo info = Shop.board(Duration.ofMinutes(10));
    return ENCODER.encode(SPEC, new BoardView(info), listing, cards, 1_700_000_000_000L);
  }

  private static JsonNode json(Page page) throws IOException {
    return new ObjectMapper().readTree(page.coded(Encoding.IDENTITY).body());
  }

  @Test
  void movementComparesWithTheBaseline() throws IOException {
    List<Entry> entries =
        List.of(
            new Entry("A", BigInteger.TEN, 1, 3, false, false),
            new Entry("B", BigInteger.TEN, 2, 2, true, false),
            new Entry("C", BigInteger.TEN, 3, 1, false, false),
            new Entry("D", BigInteger.TEN, 4, 0, false, false));
    JsonNode page = json(encode(listing(4400, 0, entries), Map.of()));
    assertThat(page.get("items").findValuesAsText("state"))
        .containsExactly("up", "same", "down", "new");
    assertThat(page.get("items").get(0).get("movement").get("from").asInt()).isEqualTo(3);
    assertThat(page.get("items").get(3).get("movement").has("from")).isFalse();
    assertThat(page.get("items").get(1).get("promoted").asBoolean()).isTrue();
    assertThat(page.get("items").get(0).has("promoted")).isFalse();
    assertThat(page.get("baseline").asLong()).isEqualTo(4400);
    assertThat(page.get("shows").get("category").asText()).isEqualTo("beauty");
    JsonNode without = json(encode(listing(0, 0, entries), Map.of()));
    assertThat(without.get("baseline").isNull()).isTrue();
    assertThat(without.get("items").get(0).get("movement").isNull()).isTrue();
  }

  @Test
  void halfLifeScoresAreShownDividedByTheirScale() throws IOException {
    BigInteger score = BigInteger.ONE.shiftLeft(40).multiply(BigInteger.valueOf(3)).shiftRight(1);
    JsonNode page =
        json(encode(listing(0, 40, List.of(new Entry("A", score, 1, 0, false, false))), Map.of()));
    assertThat(page.get("items").get(0).get("score").asDouble()).isEqualTo(1.5);
    BigInteger huge = BigInteger.TEN.pow(30);
    JsonNode whole =
        json(encode(listing(0, 0, List.of(new Entry("A", huge, 1, 0, false, false))), Map.of()));
    assertThat(whole.get("items").get(0).get("score").bigIntegerValue()).isEqualTo(huge);
  }

  @Test
  void anIneligibleProductLeavesItsRankEmpty() throws IOException {
    Map<String, Member> sold = Map.of("stock", new Member(new Stamp(Instant.EPOCH, "e"), "0"));
    Page page = encode(listing(0, 0, Shop.entries(1, 3)), Map.of("P2", Card.of("P2", sold)));
    JsonNode items = json(page).get("items");
    assertThat(items.findValuesAsText("rank")).containsExactly("1", "3");
    assertThat(items.get(0).get("product").isEmpty()).isTrue();
    assertThat(json(page).get("total").asInt()).isEqualTo(3);
    assertThat(page.products()).contains("P2");
  }

  @Test
  void equalInputGivesEqualBytesAndSurvivesTheHotTier() {
    Page page = encode(listing(0, 0, Shop.entries(1, 30)), Map.of());
    Page again = encode(listing(0, 0, Shop.entries(1, 30)), Map.of());
    assertThat(again.coded(Encoding.GZIP).body()).isEqualTo(page.coded(Encoding.GZIP).body());
    assertThat(again.coded(Encoding.IDENTITY).tag()).isEqualTo(page.coded(Encoding.IDENTITY).tag());
    byte[] kept = PageCodec.write(page, Freshness.UNCHECKED);
    Page read = Objects.requireNonNull(PageCodec.read(kept, page.text())).page();
    assertThat(read.head()).isEqualTo(page.head());
    assertThat(read.coded(Encoding.IDENTITY).body())
        .isEqualTo(page.coded(Encoding.IDENTITY).body());
    assertThat(read.coded(Encoding.GZIP).tag()).isEqualTo(page.coded(Encoding.GZIP).tag());
    assertThat(PageCodec.read(kept, "another page")).isNull();
    assertThat(PageCodec.read(new byte[] {1, 2, 3}, page.text())).isNull();
  }

  @Test
  void aCodingThatWasNotMadeIsToldFromOneThatDoesNotPay() {
    BoardView board = new BoardView(Shop.board(Duration.ofMinutes(10)));
    Listing listing = listing(0, 0, Shop.entries(1, 30));
    Page whole = encode(listing, Map.of());
    Page page =
        ENCODER.encode(
            SPEC, board, listing, Map.of(), 1_700_000_000_000L, EnumSet.of(Encoding.GZIP));
    byte[] bytes = PageCodec.write(page, Freshness.UNCHECKED);
    Page kept = Objects.requireNonNull(PageCodec.read(bytes, page.text())).page();
    for (Page one : List.of(page, kept)) {
      assertThat(one.has(Encoding.IDENTITY)).isTrue();
      assertThat(one.has(Encoding.GZIP)).isTrue();
      assertThat(one.has(Encoding.BROTLI)).isFalse();
      Page more = one.with(Encoding.BROTLI);
      for (Encoding coding : Encoding.values()) {
        assertThat(more.coded(coding).body()).isEqualTo(whole.coded(coding).body());
        assertThat(more.coded(coding).tag()).isEqualTo(whole.coded(coding).tag());
      }
    }
    StoredPage stored = new StoredPage(bytes);
    assertThat(stored.take(bytes.length)).isTrue();
    assertThat(stored.has(Encoding.GZIP)).isTrue();
    assertThat(stored.has(Encoding.BROTLI)).isFalse();
    assertThat(stored.has(Encoding.IDENTITY)).isTrue();
  }
}
