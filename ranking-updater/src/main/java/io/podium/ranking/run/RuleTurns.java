package io.podium.ranking.run;

import io.podium.ranking.board.Rule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which boards wait for a ranking because of their rules: one was changed, or one begins or ends at
 * the board's stream time. Loop's thread only.
 */
final class RuleTurns {
  private Map<String, List<Rule>> rules = Map.of();
  private final Map<String, NavigableSet<Instant>> bounds = new HashMap<>();
  private final Map<String, Instant> next = new HashMap<>();
  private final Set<String> changed = new HashSet<>();

  /** All rules, as they are from now on; answers those that were not, or are not any more. */
  List<Rule> take(Collection<Rule> all) {
    Map<String, List<Rule>> now = all.stream().collect(Collectors.groupingBy(Rule::board));
    Set<String> boards = new HashSet<>(rules.keySet());
    boards.addAll(now.keySet());
    boards.removeIf(b -> now.getOrDefault(b, List.of()).equals(rules.getOrDefault(b, List.of())));
    changed.addAll(boards);
    List<Rule> differing = new ArrayList<>();
    for (String board : boards) {
      Set<Rule> before = new HashSet<>(rules.getOrDefault(board, List.of()));
      Set<Rule> after = new HashSet<>(now.getOrDefault(board, List.of()));
      after.stream().filter(r -> !before.contains(r)).forEach(differing::add);
      before.stream().filter(r -> !after.contains(r)).forEach(differing::add);
    }
    rules = now;
    boards.forEach(b -> bounds.put(b, boundsOf(now.getOrDefault(b, List.of()))));
    return differing;
  }

  private static NavigableSet<Instant> boundsOf(List<Rule> rules) {
    NavigableSet<Instant> bounds = new TreeSet<>();
    for (Rule rule : rules) {
      if (rule.from() != null) {
        bounds.add(rule.from());
      }
      if (rule.until() != null) {
        bounds.add(rule.until());
      }
    }
    return bounds;
  }

  /** Whether the board was last ranked with other rules than those valid at this stream time. */
  boolean isDue(String board, @Nullable Instant streamTime) {
    Instant bound = next.get(board);
    return changed.contains(board)
        || (bound != null && streamTime != null && !bound.isAfter(streamTime));
  }

  /** The board was ranked at this stream time, with the rules taken last. */
  void ranked(String board, @Nullable Instant streamTime) {
    changed.remove(board);
    NavigableSet<Instant> all = bounds.getOrDefault(board, new TreeSet<>());
    Instant bound = streamTime == null ? null : all.higher(streamTime);
    if (bound == null) {
      next.remove(board);
    } else {
      next.put(board, bound);
    }
  }
}
