package io.podium.bench.jmh.core;

import io.podium.bench.updater.BenchBoards;
import io.podium.bench.updater.SalesTraffic;
import io.podium.ranking.board.Board;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.core.Share;
import io.podium.ranking.event.SalesEvent;
import java.time.Instant;
import java.util.List;

/** A ranking core of one board, with traffic that moves its clock. */
final class CoreTraffic {
  static final int CHUNK = 2_048;
  private static final int PRODUCTS = 100_000;
  private static final int FILL = 300_000;
  private static final long SEED = 20_261_123;

  private final SalesEvent[] chunk = new SalesEvent[CHUNK];
  private final SalesTraffic traffic;
  final List<Board> boards;
  final RankingCore core;

  /**
   * @param kind one of the cases below
   * @param share of the products that the core keeps
   */
  CoreTraffic(String kind, Share share) {
    this.boards = BenchBoards.parse(yaml(kind));
    this.core = new RankingCore(boards, CoreLimits.DEFAULT, share);
    this.traffic = new SalesTraffic(SEED, PRODUCTS, Instant.parse("2026-11-23T09:00:00Z"), 100_000);
  }

  private static String yaml(String kind) {
    String weights = "{ order.placed: 10, cart.added: 3, product.viewed: 1 }";
    return switch (kind) {
      case "window" -> board(weights, "window: PT24H", "[[]]");
      case "halfLife" -> board(weights, "halfLife: PT30M", "[[]]");
      case "slices" -> board(weights, "window: PT24H", "[[], [buyer.ageGroup]]");
      case "revenue" -> board("revenue", "window: PT24H", "[[]]");
      case "orders" -> board("orders", "window: PT24H", "[[]]");
      case "buyerCap" ->
          board("units", "window: PT24H", "[[]]") + "    buyerCap: { units: 5, per: P1D }\n";
      default -> throw new IllegalArgumentException("no board of the kind " + kind);
    };
  }

  private static String board(String score, String range, String slices) {
    return """
        boards:
          b:
            score: %s
            %s
            slices: %s
            size: 100
            currency: KRW
        """
        .formatted(score, range, slices);
  }

  /** Applies what a few minutes have. */
  CoreTraffic filled() {
    for (int i = 0; i < FILL; i += CHUNK) {
      make();
      apply();
    }
    return this;
  }

  /** The next events, not applied yet. */
  void make() {
    for (int i = 0; i < CHUNK; i++) {
      chunk[i] = traffic.next();
    }
  }

  /** Applies the events that were made. */
  void apply() {
    long now = traffic.nowMillis();
    core.advance(now);
    List<SalesEvent> events = List.of(chunk);
    for (int from = 0; from < CHUNK; from += RankingCore.MOST_PREPARED) {
      int to = Math.min(CHUNK, from + RankingCore.MOST_PREPARED);
      core.prepare(events.subList(from, to));
      for (int i = from; i < to; i++) {
        core.apply(chunk[i], now);
      }
    }
  }

  SalesEvent made(int i) {
    return chunk[i];
  }
}
