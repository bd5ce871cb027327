package io.podium.ranking.run;

import io.podium.listing.BoardInfo;
import io.podium.listing.CodePointOrder;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Window;
import io.podium.ranking.core.RankingCore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What readers are told of the boards. A value that no card and no sale has any more stays listed
 * until the listings with it were published as empty: else an updater that takes over in between
 * would not know that they stand. Loop's thread only.
 */
final class BoardInfos {
  /** Half-life scores are integers of 2^-40. */
  private static final int HALF_LIFE_SHIFT = 40;

  private static final long NOT_OFFERED = -1;

  /** The ranking that offers all listings with them has begun. */
  private static final long RANKING = -2;

  private final List<Board> boards;
  private List<BoardInfo> last = List.of();
  private final Map<String, Vanished> vanished = new HashMap<>();

  /**
   * Of one board.
   *
   * @param values by dimension; listed beside those that the core knows
   * @param offered the publisher's cycles before all listings with them had been offered; negative:
   *     they have not been yet
   */
  private record Vanished(Map<String, Set<String>> values, long offered) {}

  BoardInfos(List<Board> boards) {
    this.boards = boards;
  }

  /** All is told again. */
  void forget() {
    last = List.of();
  }

  /** What was offered may have been dropped. */
  void startOver() {
    vanished.replaceAll((board, v) -> new Vanished(v.values(), NOT_OFFERED));
  }

  /** All boards, when something of them changed since the last call. */
  Optional<List<BoardInfo>> changed(RankingCore core) {
    keep(last, core);
    List<BoardInfo> now = boards.stream().map(b -> info(b, listed(b.name(), core))).toList();
    if (now.equals(last)) {
      return Optional.empty();
    }
    last = now;
    return Optional.of(now);
  }

  /** Values that readers knew, and that the core does not know, stay listed for now. */
  void keep(List<BoardInfo> known, RankingCore core) {
    for (BoardInfo info : known) {
      if (boards.stream().anyMatch(b -> b.name().equals(info.name()))) {
        Map<String, List<String>> live = core.values(info.name());
        info.values().forEach((d, values) -> keep(info.name(), d, values, live));
      }
    }
  }

  private void keep(
      String board, String dimension, List<String> values, Map<String, List<String>> live) {
    Set<String> gone = new TreeSet<>(values);
    live.getOrDefault(dimension, List.of()).forEach(gone::remove);
    Vanished before = vanished.getOrDefault(board, new Vanished(Map.of(), NOT_OFFERED));
    if (!before.values().getOrDefault(dimension, Set.of()).containsAll(gone)) {
      Map<String, Set<String>> more = new HashMap<>(before.values());
      gone.addAll(before.values().getOrDefault(dimension, Set.of()));
      more.put(dimension, gone);
      vanished.put(board, new Vanished(more, NOT_OFFERED));
    }
  }

  /** A ranking of the board begins. */
  void ranking(String board) {
    vanished.computeIfPresent(
        board, (b, v) -> v.offered() == NOT_OFFERED ? new Vanished(v.values(), RANKING) : v);
  }

  /**
   * Every listing of the board that had changed when its ranking began has been offered.
   *
   * @param cycles that the publisher had begun then
   */
  void offered(String board, long cycles) {
    vanished.computeIfPresent(
        board, (b, v) -> v.offered() == RANKING ? new Vanished(v.values(), cycles) : v);
  }

  /**
   * What was offered before this cycle of the publisher stands in the store.
   *
   * @param cycle the last one that published all that had been offered
   */
  void published(long cycle) {
    vanished.values().removeIf(v -> v.offered() >= 0 && cycle > v.offered());
  }

  private Map<String, List<String>> listed(String board, RankingCore core) {
    Map<String, List<String>> live = core.values(board);
    Vanished more = vanished.get(board);
    return more == null ? live : union(live, more.values());
  }

  /** The boards with the values besides their own that others of the same names have. */
  static List<BoardInfo> union(List<BoardInfo> infos, List<BoardInfo> others) {
    List<BoardInfo> all = new ArrayList<>(infos);
    for (BoardInfo other : others) {
      all.replaceAll(
          i -> i.name().equals(other.name()) ? i.withValues(union(i.values(), other.values())) : i);
    }
    return all;
  }

  private static Map<String, List<String>> union(
      Map<String, List<String>> some, Map<String, ? extends Collection<String>> others) {
    Map<String, List<String>> all = new HashMap<>(some);
    others.forEach(
        (dimension, values) -> {
          Set<String> both = new TreeSet<>(CodePointOrder.INSTANCE);
          both.addAll(some.getOrDefault(dimension, List.of()));
          both.addAll(values);
          all.put(dimension, List.copyOf(both));
        });
    return all;
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
