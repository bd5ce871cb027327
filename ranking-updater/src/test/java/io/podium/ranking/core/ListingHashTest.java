package io.podium.ranking.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.config.Config;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.BoardParser;
import io.podium.ranking.core.Ranked.Organic;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingHashTest {
  private static final Instant AT = Instant.parse("2026-11-22T09:30:00Z");
  private static final String LEAST = "score: units, window: PT24H, slices: [[]]";
  private static final List<Organic> ORGANIC =
      List.of(organic("상품-1", "532"), organic("P2", "36893488147419103232"));

  private static Organic organic(String product, String score) {
    return new Organic(product, new BigInteger(score));
  }

  private static Board board(String members) {
    return BoardParser.parse(Config.parse("{b: {" + members + "}}", "test")).get(0);
  }

  private static String sha256(String json) throws Exception {
    byte[] canonical = new JsonCanonicalizer(json).getEncodedUTF8();
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
  }

  @Test
  void of_isTheSha256OfTheCanonicalContent() throws Exception {
    String definition =
        """
        {"score":{"order.placed":10,"cart.added":3},"halfLife":"PT30M","step":"PT1M","clock":"event",
         "publishEvery":"PT0.1S","size":50,"slices":[["category"],["category","buyer.ageGroup"]],
         "currency":"KRW","buyerCap":{"units":5,"per":"PT24H"},"diversity":{"brand":3,"within":10},
         "rankBy":"groupId","minEntries":10,"maxValues":10000,"movementBy":"PT1H",
         "expose":["score"]}
        """;
    Board board =
        board(
            "title: {ko: 판매 랭킹}, score: {order.placed: 10, cart.added: 3}, halfLife: PT30M,"
                + " clock: event, publishEvery: PT0.1S, size: 50,"
                + " slices: [[category], [category, buyer.ageGroup]], currency: KRW,"
                + " buyerCap: {units: 5, per: P1D}, diversity: {brand: 3, within: 10},"
                + " rankBy: groupId, minEntries: 10, expose: [score]");
    Slice slice = Slice.of(Map.of("category", "뷰티", "buyer.ageGroup", "20s"));

    assertThat(new ListingHash(board).of(slice, AT, ORGANIC))
        .isEqualTo(
            sha256(
                "{\"definition\":"
                    + definition
                    + ",\"slice\":{\"category\":\"뷰티\",\"buyer.ageGroup\":\"20s\"},"
                    + "\"at\":\"2026-11-22T09:30:00Z\","
                    + "\"organic\":[[\"상품-1\",\"532\"],[\"P2\",\"36893488147419103232\"]]}"));
    assertThat(ListingHash.definition(board)).isEqualTo(sha256(definition));
  }

  @Test
  void of_resolvesDefaults() throws Exception {
    assertThat(ListingHash.definition(board(LEAST)))
        .isEqualTo(
            sha256(
                "{\"clock\":\"wall\",\"expose\":[],\"maxValues\":10000,\"movementBy\":\"PT1H\","
                    + "\"publishEvery\":\"PT1S\",\"score\":\"units\",\"size\":100,\"slices\":[[]],"
                    + "\"step\":\"PT1M\",\"window\":\"PT24H\"}"));
    assertThat(ListingHash.definition(board(LEAST + ", size: 100, step: PT60S, clock: wall")))
        .isEqualTo(ListingHash.definition(board(LEAST)));
  }

  /** A vector worked out with sha256sum over the JSON text, without any of our code. */
  @Test
  void of_anEmptyListing_isAKnownHash() throws Exception {
    String json =
        "{\"at\":\"2026-11-22T09:30:00Z\",\"definition\":{\"clock\":\"wall\",\"expose\":[],"
            + "\"maxValues\":10000,\"movementBy\":\"PT1H\",\"publishEvery\":\"PT1S\","
            + "\"score\":\"units\",\"size\":100,\"slices\":[[]],\"step\":\"PT1M\","
            + "\"window\":\"PT24H\"},\"organic\":[],\"slice\":{}}";

    assertThat(new ListingHash(board(LEAST)).of(Slice.WHOLE_SHOP, AT, List.of()))
        .isEqualTo(
            HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(json.getBytes(UTF_8))))
        .isEqualTo("040a4636341b102b196cec7cbb7c037ade9fa23f80c5d2bb42b0175f61e03b15");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "score: orders, window: PT24H, slices: [[]]",
        "score: {order.placed: 1}, window: PT24H, slices: [[]]",
        "score: units, window: PT23H, slices: [[]]",
        "score: units, window: today, slices: [[]]",
        "score: units, window: today, zone: Asia/Seoul, slices: [[]]",
        "score: units, halfLife: PT24H, slices: [[]]",
        "score: units, window: PT24H, slices: [[], [category]]",
        LEAST + ", step: PT30M",
        LEAST + ", clock: event",
        LEAST + ", size: 99",
        LEAST + ", currency: KRW",
        LEAST + ", buyerCap: {units: 5, per: P1D}",
        LEAST + ", diversity: {brand: 3, within: 10}",
        LEAST + ", rankBy: groupId",
        LEAST + ", minEntries: 1",
        LEAST + ", maxValues: 1",
        LEAST + ", movementBy: PT2H",
        LEAST + ", publishEvery: PT2S",
        LEAST + ", expose: [score]",
      })
  void definition_tellsOtherDefinitions(String members) {
    assertThat(ListingHash.definition(board(members)))
        .isNotEqualTo(ListingHash.definition(board(LEAST)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "title: {en: Best}",
        "cursorTtl: PT1M",
        "staleIfError: PT1M",
        "shadow: true",
      })
  void definition_leavesOutTitlesAndHowPagesAreKept(String member) {
    assertThat(ListingHash.definition(board(LEAST + ", " + member)))
        .isEqualTo(ListingHash.definition(board(LEAST)));
  }

  @Test
  void of_coversTwiceTheSize() {
    Board one = board(LEAST + ", size: 1");
    List<Organic> three = new ArrayList<>(ORGANIC);
    three.add(organic("P3", "1"));

    assertThat(new ListingHash(one).of(Slice.WHOLE_SHOP, AT, three))
        .isEqualTo(new ListingHash(one).of(Slice.WHOLE_SHOP, AT, ORGANIC))
        .isNotEqualTo(new ListingHash(one).of(Slice.WHOLE_SHOP, AT, ORGANIC.subList(0, 1)));
  }

  @Test
  void of_tellsSliceTimeOrderAndScores() {
    Board board = board(LEAST);
    String hash = new ListingHash(board).of(Slice.WHOLE_SHOP, AT, ORGANIC);

    assertThat(hash)
        .isNotEqualTo(new ListingHash(board).of(Slice.of(Map.of("a", "b")), AT, ORGANIC))
        .isNotEqualTo(new ListingHash(board).of(Slice.WHOLE_SHOP, AT.plusSeconds(60), ORGANIC))
        .isNotEqualTo(
            new ListingHash(board)
                .of(Slice.WHOLE_SHOP, AT, List.of(ORGANIC.get(1), ORGANIC.get(0))))
        .isNotEqualTo(
            new ListingHash(board)
                .of(Slice.WHOLE_SHOP, AT, List.of(organic("상품-1", "533"), ORGANIC.get(1))));
  }
}
