package io.podium.ranking.sim;

import io.podium.ranking.board.Board;
import io.podium.ranking.core.CoreLimits;
import java.util.List;

/** What one seed makes happen. Immutable. */
record Scenario(long seed, List<Board> boards, CoreLimits limits, List<Step> steps) {
  Scenario {
    boards = List.copyOf(boards);
    steps = List.copyOf(steps);
  }

  static Scenario of(long seed) {
    Dice dice = new Dice(seed);
    BoardDice boards = new BoardDice(dice);
    List<Board> all = boards.roll();
    CoreLimits limits = dice.chance(0.2) ? tight(dice) : CoreLimits.DEFAULT;
    return new Scenario(
        seed, all, limits, new Story(dice, all, boards.unit(), boards.start()).tell());
  }

  /** Bounds that some scenarios reach. */
  private static CoreLimits tight(Dice dice) {
    CoreLimits roomy = CoreLimits.DEFAULT;
    return new CoreLimits(
        roomy.maxAhead(),
        roomy.forgets(),
        dice.chance(0.2) ? dice.between(2, 8) : roomy.products(),
        dice.chance(0.2) ? dice.between(1, 6) : roomy.profiles(),
        dice.chance(0.3) ? dice.between(3, 40) : roomy.series(),
        dice.chance(0.3) ? dice.between(3, 60) : roomy.counters(),
        dice.chance(0.2) ? dice.between(1_000, 8_000) : roomy.orderBytes(),
        dice.chance(0.2) ? dice.between(3, 30) : roomy.orders(),
        dice.chance(0.2) ? dice.between(5, 60) : roomy.remembered(),
        dice.chance(0.2) ? dice.between(2, 20) : roomy.cappedLines(),
        dice.chance(0.3) ? dice.between(1, 4) : roomy.waiting());
  }

  boolean isTight() {
    return !limits.equals(CoreLimits.DEFAULT);
  }

  Scenario with(List<Step> fewer) {
    return new Scenario(seed, boards, limits, fewer);
  }
}
