package io.podium.bench.updater;

import io.podium.config.Config;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.BoardParser;
import java.util.List;

/** The boards that are measured, read as a user's are. */
public final class BenchBoards {
  /**
   * A window over a day and a half-life, both over every event; K = 100 entries are displayed.
   * Lines of YAML below {@code boards:}.
   */
  public static final String WINDOW_AND_HALF_LIFE =
      """
        best-sellers:
          score: { order.placed: 10, cart.added: 3, product.viewed: 1 }
          window: PT24H
          step: PT1M
          size: 100
          slices: [[]]
          currency: KRW
        trending:
          score: { order.placed: 10, cart.added: 3, product.viewed: 1 }
          halfLife: PT30M
          step: PT1M
          size: 100
          slices: [[]]
          currency: KRW
      """;

  private BenchBoards() {}

  static List<Board> windowAndHalfLife() {
    return parse("boards:\n" + WINDOW_AND_HALF_LIFE);
  }

  /** One window over a day; with its step. */
  static List<Board> day(String step) {
    return parse(
        """
        boards:
          best-sellers:
            score: { order.placed: 10, cart.added: 3, product.viewed: 1 }
            window: PT24H
            step: %s
            size: 100
            slices: [[]]
            currency: KRW
        """
            .formatted(step));
  }

  /**
   * @param yaml with its line {@code boards:}
   */
  public static List<Board> parse(String yaml) {
    return BoardParser.parse(Config.parse(yaml, "boards of the benchmark").section("boards"));
  }
}
