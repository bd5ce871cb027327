package io.podium.ranking.run;

import io.podium.listing.BoardInfo;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Window;
import io.podium.ranking.core.RankingCore;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What readers are told of the boards. Loop's thread only. */
final class BoardInfos {
  /** Half-life scores are integers of 2^-40. */
  private static final int HALF_LIFE_SHIFT = 40;

  private final List<Board> boards;
  private List<BoardInfo> last = List.of();

  BoardInfos(List<Board> boards) {
    this.boards = boards;
  }

  void forget() {
    last = List.of();
  }

  /** All boards, when something of them changed since the last call. */
  Optional<List<BoardInfo>> changed(RankingCore core) {
    List<BoardInfo> now = boards.stream().map(b -> info(b, core.values(b.name()))).toList();
    if (now.equals(last)) {
      return Optional.empty();
    }
    last = now;
    return Optional.of(now);
  }

  private static BoardInfo info(Board b, Map<String, List<String>> values) {
    return new BoardInfo(
        b.name(),
        b.titles(),
        b.slices(),
        b.size(),
        b.publishEvery(),
        b.exposeScore(),
        b.window() instanceof Window.HalfLife ? HALF_LIFE_SHIFT : 0,
        b.shadow(),
        b.cursorTtl(),
        b.staleIfError(),
        values);
  }
}
