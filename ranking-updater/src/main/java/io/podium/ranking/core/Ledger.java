package io.podium.ranking.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The counts behind {@link Counts}. */
final class Ledger {
  private static final int MOST_REASONS = 64;
  private static final String OTHER = "other";

  long applied;
  long duplicate;
  long conflict;
  long late;
  long ignored;
  final Map<String, Long> rejected = new TreeMap<>();

  void reject(String reason) {
    boolean known = rejected.containsKey(reason) || rejected.size() < MOST_REASONS;
    rejected.merge(known ? reason : OTHER, 1L, Long::sum);
  }

  Counts counts(long waiting, Iterable<BoardRanking> boards) {
    Map<String, Long> foreign = new LinkedHashMap<>();
    Map<String, Long> beyond = new LinkedHashMap<>();
    for (BoardRanking b : boards) {
      foreign.put(b.board.name(), b.counting.foreign);
      beyond.put(b.board.name(), b.beyond());
    }
    return new Counts(
        applied, duplicate, conflict, late, ignored, rejected, waiting, foreign, beyond);
  }
}
