package io.podium.ranking.run;

import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.Omitted;
import io.podium.ranking.board.Board;
import io.podium.ranking.core.Ranked;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Judges one epoch by the one before (see {@link Board.Guard}). Sales leave a window only where a
 * step turns, so within a step nothing may vanish in great number; where one has turned, what has
 * no organic entry any more counts as rolled out, and only what was hidden, became ineligible or
 * was overtaken is judged. Pure.
 */
final class PublishGuard {
  private PublishGuard() {}

  /** Why it is not to be published by itself; empty when it may be. */
  static Optional<String> objection(Board board, Listing before, Ranked next) {
    Board.Guard guard = board.guard();
    if (guard == null || before.entries().size() < guard.top()) {
      return Optional.empty();
    }
    List<String> stood = before.entries().stream().map(Entry::productId).toList();
    Set<String> rolled = turned(board, before, next) ? gone(stood, next) : Set.of();
    List<String> now = next.displayed().stream().map(Ranked.Displayed::productId).toList();
    int lost = missing(stood, rolled, now);
    if (lost > guard.lose() * stood.size()) {
      return told("%d of %d entries would be lost", lost, stood.size());
    }
    List<String> top = stood.subList(0, guard.top());
    int changed = missing(top, rolled, now.subList(0, Math.min(guard.top(), now.size())));
    return changed > guard.change() * guard.top()
        ? told("%d of the first %d would change", changed, guard.top())
        : Optional.empty();
  }

  private static Optional<String> told(String text, int part, int whole) {
    return Optional.of(String.format(Locale.ROOT, text, part, whole));
  }

  private static boolean turned(Board board, Listing before, Ranked next) {
    long step = board.step().toMillis();
    return Math.floorDiv(before.asOf().toEpochMilli(), step)
        != Math.floorDiv(next.asOf().toEpochMilli(), step);
  }

  private static Set<String> gone(List<String> stood, Ranked next) {
    Set<String> gone = new HashSet<>(stood);
    next.organic().forEach(o -> gone.remove(o.productId()));
    next.omitted().stream().map(Omitted::productId).forEach(gone::remove);
    return gone;
  }

  private static int missing(List<String> stood, Set<String> rolled, List<String> now) {
    Set<String> there = now.stream().collect(Collectors.toSet());
    return (int) stood.stream().filter(p -> !there.contains(p) && !rolled.contains(p)).count();
  }
}
