package io.podium.ranking.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podium.config.Config;
import io.podium.config.ConfigException;
import io.podium.config.Section;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoardParserTest {
  private static List<Board> parse(String yaml) {
    Section root = Config.parse(yaml, "test");
    List<Board> boards = BoardParser.parse(root.section("boards"));
    root.done();
    return boards;
  }

  /** A board of the least there is, with these members besides. */
  private static Board board(String members) {
    return parse("boards: {b: {score: units, window: PT24H, slices: [[]]" + members + "}}").get(0);
  }

  private static void refused(String yaml, String... told) {
    assertThatThrownBy(() -> parse(yaml))
        .as(yaml)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(told)
        .hasMessageNotContaining("\n");
  }

  @Test
  void everyKey_isRead() {
    Board board =
        parse(
                """
                boards:
                  best-sellers:
                    title: { en: Best sellers, ko: 판매 랭킹 }
                    score: units
                    window: PT24H
                    step: PT5M
                    clock: event
                    publishEvery: PT0.1S
                    size: 50
                    slices: [[], [category], [buyer.ageGroup], [category, buyer.ageGroup]]
                    currency: KRW
                    buyerCap: { units: 5, per: P1D }
                    diversity: { brand: 3, within: 10 }
                    rankBy: groupId
                    minEntries: 10
                    movementBy: PT2H
                    expose: [score]
                    maxValues: 500
                    cursorTtl: PT20M
                    staleIfError: PT12H
                    shadow: true
                """)
            .get(0);

    assertThat(board)
        .isEqualTo(
            new Board(
                "best-sellers",
                Map.of("en", "Best sellers", "ko", "판매 랭킹"),
                new Score.Units(),
                new Window.Sliding(Duration.ofHours(24)),
                Duration.ofMinutes(5),
                true,
                Duration.ofMillis(100),
                50,
                List.of(
                    List.of(),
                    List.of("category"),
                    List.of("buyer.ageGroup"),
                    List.of("category", "buyer.ageGroup")),
                "KRW",
                new Board.BuyerCap(5, Duration.ofDays(1)),
                new Board.Diversity("brand", 3, 10),
                "groupId",
                10,
                Duration.ofHours(2),
                500,
                Duration.ofMinutes(20),
                Duration.ofHours(12),
                true,
                true,
                null));
  }

  @Test
  void defaults_standBesideWhatIsRequired() {
    assertThat(board(""))
        .isEqualTo(
            new Board(
                "b",
                Map.of(),
                new Score.Units(),
                new Window.Sliding(Duration.ofHours(24)),
                Duration.ofMinutes(1),
                false,
                Duration.ofSeconds(1),
                100,
                List.of(List.of()),
                null,
                null,
                null,
                null,
                0,
                Duration.ofHours(1),
                10_000,
                Duration.ofMinutes(10),
                Duration.ofDays(1),
                false,
                false,
                null));
  }

  @Test
  void scores_haveThreeNamesOrWeights() {
    String rest = ", window: PT1H, slices: [[]]}}";
    assertThat(parse("boards: {b: {score: orders" + rest).get(0).score())
        .isEqualTo(new Score.Orders());
    assertThat(parse("boards: {b: {score: revenue" + rest).get(0).score())
        .isEqualTo(new Score.Revenue());
    assertThat(parse("boards: {b: {score: {order.placed: 10, store.sold: 8}" + rest).get(0).score())
        .isEqualTo(new Score.Weights(Map.of("order.placed", 10L, "store.sold", 8L)));
  }

  @Test
  void windows_slideOrFollowTheDayOrDecay() {
    assertThat(
            parse("boards: {b: {score: units, window: today, zone: Asia/Seoul, slices: [[]]}}")
                .get(0)
                .window())
        .isEqualTo(new Window.Today(ZoneId.of("Asia/Seoul")));
    assertThat(parse("boards: {b: {score: units, window: today, slices: [[]]}}").get(0).window())
        .isEqualTo(new Window.Today(ZoneId.of("UTC")));
    assertThat(parse("boards: {b: {score: units, halfLife: PT30M, slices: [[]]}}").get(0).window())
        .isEqualTo(new Window.HalfLife(Duration.ofMinutes(30)));
  }

  @Test
  void severalBoards_keepTheOrderOfTheFile() {
    assertThat(
            parse(
                "boards: {b: {score: units, window: PT1H, slices: [[]]},"
                    + " a: {score: units, window: PT1H, slices: [[]]}}"))
        .extracting(Board::name)
        .containsExactly("b", "a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "score | window: PT1H, slices: [[]]",
        "score | score: sold, window: PT1H, slices: [[]]",
        "score | score: [units], window: PT1H, slices: [[]]",
        "score | score: {}, window: PT1H, slices: [[]]",
        "score | score: {product.viewed: 0}, window: PT1H, slices: [[]]",
        "score | score: {product.viewed: -1}, window: PT1H, slices: [[]]",
        "score | score: {product.viewed: 1.5}, window: PT1H, slices: [[]]",
        "score | score: {product.viewed: 1000000001}, window: PT1H, slices: [[]]",
        "score | score: {product.viewed: many}, window: PT1H, slices: [[]]",
        "score | score: {product.upserted: 1}, window: PT1H, slices: [[]]",
        "score | score: {product.patched: 1}, window: PT1H, slices: [[]]",
        "score | score: {product.removed: 1}, window: PT1H, slices: [[]]",
        "score | score: {order.cancelled: 1}, window: PT1H, slices: [[]]",
        "window | score: units, slices: [[]]",
        "halfLife | score: units, window: PT1H, halfLife: PT1H, slices: [[]]",
        "window | score: units, window: yesterday, slices: [[]]",
        "window | score: units, window: PT0S, slices: [[]]",
        "window | score: units, window: -PT1H, slices: [[]]",
        "window | score: units, window: PT90S, slices: [[]]",
        "window | score: units, window: PT1H0.5S, slices: [[]]",
        "window | score: units, window: PT1501M, slices: [[]]",
        "window | score: units, window: P9999999D, slices: [[]]",
        "halfLife | score: units, halfLife: soon, slices: [[]]",
        "halfLife | score: units, halfLife: PT0S, slices: [[]]",
        "zone | score: units, window: PT1H, zone: Asia/Seoul, slices: [[]]",
        "zone | score: units, halfLife: PT1H, zone: Asia/Seoul, slices: [[]]",
        "zone | score: units, window: today, zone: Asia/Soul, slices: [[]]",
        "slices | score: units, window: PT1H",
        "slices | score: units, window: PT1H, slices: []",
        "slices | score: units, window: PT1H, slices: category",
        "slices | score: units, window: PT1H, slices: [category]",
        "slices | score: units, window: PT1H, slices: [[7]]",
        "slices | score: units, window: PT1H, slices: [[], []]",
        "slices | score: units, window: PT1H, slices: [[a, b], [b, a]]",
        "slices | score: units, window: PT1H, slices: [[a, a]]",
        "slices | score: units, window: PT1H, slices: [['']]",
        "slices | score: units, window: PT1H, slices: [[buyer.]]",
        "slices | score: units, window: PT1H, slices: [[buyer.id]]",
        "slices | score: units, window: PT1H, slices: [[seller.region]]",
        "slices | score: units, window: PT1H, slices: [[ageGroup], [buyer.ageGroup]]",
        "slices | score: units, window: PT1H, slices: [[size]]",
        "slices | score: units, window: PT1H, slices: [[buyer.cursor]]",
        "slices | score: units, window: PT1H, slices: [[a, b, c, d, e, f, g, h, i]]",
      })
  void requiredKeys_areRefusedByName(String key, String members) {
    refused("boards: {b: {" + members + "}}", "boards.b." + key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "step | step: PT0.5S",
        "step | step: PT1.5S",
        "step | step: PT0S",
        "step | step: 60",
        "clock | clock: server",
        "publishEvery | publishEvery: PT0.05S",
        "size | size: 0",
        "size | size: 1001",
        "size | size: 1.5",
        "size | size: ten",
        "currency | currency: BTC",
        "currency | currency: krw",
        "buyerCap.units | buyerCap: {units: 0, per: P1D}",
        "buyerCap.units | buyerCap: {per: P1D}",
        "buyerCap.per | buyerCap: {units: 1}",
        "buyerCap.per | buyerCap: {units: 1, per: PT0S}",
        "buyerCap.per | buyerCap: {units: 1, per: day}",
        "buyerCap.of | buyerCap: {units: 1, per: P1D, of: x}",
        "buyerCap | buyerCap: 5",
        "diversity | diversity: 3",
        "diversity | diversity: {brand: 3}",
        "diversity | diversity: {within: 3}",
        "diversity | diversity: {brand: 3, maker: 2, within: 10}",
        "diversity | diversity: {brand: 0, within: 10}",
        "diversity | diversity: {brand: 3, within: 0}",
        "diversity | diversity: {brand: many, within: 10}",
        "rankBy | rankBy: buyer.id",
        "rankBy | rankBy: ''",
        "minEntries | minEntries: -1",
        "minEntries | minEntries: 101",
        "movementBy | movementBy: never",
        "maxValues | maxValues: 0",
        "cursorTtl | cursorTtl: PT0S",
        "staleIfError | staleIfError: PT0S",
        "expose | expose: [sales]",
        "shadow | shadow: maybe",
        "title | title: Best",
        "sizes | sizes: 10",
        "halflife | halflife: PT1H",
      })
  void optionalKeys_areRefusedByName(String key, String members) {
    refused(
        "boards: {b: {score: units, window: PT24H, slices: [[]], " + members + "}}",
        "boards.b." + key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Best", "best sellers", "-best", "베스트", "a.b", "a/b", "''"})
  void names_areRefused(String name) {
    refused(
        "boards: {" + name + ": {score: units, window: PT1H, slices: [[]]}}",
        "boards." + name.replace("'", ""));
  }

  @Test
  void noBoards_areRefused() {
    refused("boards: {}", "boards");
  }

  @Test
  void refusal_tellsKeyValueAndWhatIsAllowed() {
    refused(
        "boards: {b: {score: units, window: PT90S, slices: [[]]}}",
        "boards.b.window",
        "PT90S",
        "multiple of step (PT1M)",
        "1500 steps");
  }

  @Test
  void window_mayHaveFifteenHundredSteps() {
    assertThat(parse("boards: {b: {score: units, window: PT1500M, slices: [[]]}}").get(0).window())
        .isEqualTo(new Window.Sliding(Duration.ofHours(25)));
  }

  @Test
  void json_isYamlToo() {
    assertThat(
            parse(
                "{\"boards\":{\"b\":{\"score\":\"units\",\"window\":\"PT24H\",\"slices\":[[]]}}}"))
        .containsExactly(board(""));
  }
}
