package io.podium.ranking.run;

import io.podium.ranking.board.Board;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How far back each board's history is needed, and how often it is published. Immutable. */
public final class Movement {
  private static final Duration SLACK = Duration.ofMinutes(1);

  private final Map<String, Board> boards = new HashMap<>();

  public Movement(List<Board> boards) {
    boards.forEach(b -> this.boards.put(b.name(), b));
  }

  /** Distance of the baseline. */
  Duration by(String board) {
    return board(board).movementBy();
  }

  /** How often it is published at most. */
  Duration publishEvery(String board) {
    return board(board).publishEvery();
  }

  /** How long an epoch must stay readable for cursors. */
  Duration cursors(String board) {
    return board(board).cursorTtl().plus(SLACK);
  }

  private Board board(String name) {
    Board board = boards.get(name);
    if (board == null) {
      throw new IllegalArgumentException("no such board: " + name);
    }
    return board;
  }
}
