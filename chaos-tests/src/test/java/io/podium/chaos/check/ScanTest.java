package io.podium.chaos.check;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.chaos.check.Scan.Ranking;
import io.podium.config.Config;
import io.podium.listing.ListingKey;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.BoardParser;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.event.Decoded;
import io.podium.ranking.event.EventDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScanTest {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final Sales SALES = new Sales(7, 4_000, 120, START);

  static List<Chart> charts() {
    return List.of(
        Chart.day("best-sellers", "units"),
        Chart.day("takings", "revenue"),
        Chart.trending("trending"));
  }

  @ParameterizedTest
  @MethodSource("charts")
  void hasTheCoresHashOfEveryListing(Chart chart) throws Exception {
    Map<String, String> expected = scan(chart);
    assertThat(expected).hasSizeGreaterThan(40);
    assertThat(core(chart, i -> true)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("charts")
  void tellsWhenOneOrderIsMissing(Chart chart) throws Exception {
    int order = SALES.count() - 1;
    while (!SALES.sale(order).type().equals(Sale.PLACED)) {
      order--;
    }
    int missing = order;
    assertThat(core(chart, i -> i != missing)).isNotEqualTo(scan(chart));
  }

  /** What was published a step ago and did not change since has the hash of then. */
  @Test
  void tellsTheHashOfAnEarlierStep() {
    Scan scan = new Scan(SALES);
    Ranking ranking = requireNonNull(scan.rankings(Chart.day("best-sellers", "units")).get("{}"));
    Instant before = scan.streamTime().minusSeconds(60);
    assertThat(ranking.hash(scan.streamTime())).isEqualTo(ranking.hash());
    assertThat(ranking.hash(before)).isNotEqualTo(ranking.hash());
  }

  private static Map<String, String> scan(Chart chart) {
    Map<String, String> hashes = new TreeMap<>();
    new Scan(SALES).rankings(chart).forEach((slice, ranking) -> hashes.put(slice, ranking.hash()));
    return hashes;
  }

  private static Map<String, String> core(Chart chart, IntPredicate told) throws Exception {
    List<Board> boards =
        BoardParser.parse(
            Config.parse(
                    "boards: { " + chart.name() + ": " + chart.definition() + " }", "the drill")
                .section("boards"));
    EventDecoder decoder = new EventDecoder(boards);
    Map<String, String> hashes = new TreeMap<>();
    try (RankingCore core = new RankingCore(boards, CoreLimits.DEFAULT)) {
      for (int p = 0; p < SALES.products(); p++) {
        StringBuilder json = new StringBuilder();
        SALES.cardJson(p, json);
        apply(core, decoder, json);
      }
      for (int i = 0; i < SALES.count(); i++) {
        if (told.test(i)) {
          StringBuilder json = new StringBuilder();
          SALES.sale(i).json(json);
          apply(core, decoder, json);
        }
      }
      for (ListingKey key : core.listings(chart.name())) {
        Ranked ranked = core.rank(key);
        String slice = new ObjectMapper().writeValueAsString(key.slice().values());
        hashes.put(slice, ranked.hash());
      }
    }
    return hashes;
  }

  private static void apply(RankingCore core, EventDecoder decoder, CharSequence json) {
    Decoded decoded = decoder.decode(json.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
    core.apply(((Decoded.Accepted) decoded).event(), START.plusSeconds(40 * 3600L).toEpochMilli());
  }
}
