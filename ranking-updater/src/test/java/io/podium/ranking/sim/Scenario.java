package io.podium.ranking.sim;

import io.podium.ranking.board.Board;
import java.util.List;

/** What one seed makes happen. Immutable. */
record Scenario(long seed, List<Board> boards, List<Step> steps) {
  Scenario {
    boards = List.copyOf(boards);
    steps = List.copyOf(steps);
  }

  static Scenario of(long seed) {
    Dice dice = new Dice(seed);
    BoardDice boards = new BoardDice(dice);
    List<Board> all = boards.roll();
    return new Scenario(seed, all, new Story(dice, all, boards.unit(), boards.start()).tell());
  }

  Scenario with(List<Step> fewer) {
    return new Scenario(seed, boards, fewer);
  }
}
