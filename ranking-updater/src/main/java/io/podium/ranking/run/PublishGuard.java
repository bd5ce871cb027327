package io.podium.ranking.run;

import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.Omitted;
import io.podium.ranking.board.Board;
import io.podium.ranking.core.Ranked;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges one epoch by the one before (see {@link Board.Guard}), as if only time had passed between
 * them: a product is excused when what left the window since explains by itself that it is gone, or
 * that it is no more among the first. Whatever else takes products away, be it cancellations,
 * rules, eligibility or others that overtake, is judged. Pure.
 *
 * <p>Where it is not known what left (after a takeover, with {@code rankBy}, of a half-life), and a
 * step has turned, all that has no organic entry any more is excused.
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
    Map<String, BigInteger> left = left(before, next);
    Set<String> excused = left == null ? gone(board, before, next) : rolledOut(left);
    List<String> now = next.displayed().stream().map(Ranked.Displayed::productId).toList();
    int lost = missing(stood, excused, now);
    if (lost > guard.lose() * stood.size()) {
      return told("%d of %d entries would be lost", lost, stood.size());
    }
    if (left != null) {
      excused.addAll(sunk(before, next, left, guard.top()));
    }
    List<String> top = stood.subList(0, guard.top());
    int changed = missing(top, excused, now.subList(0, Math.min(guard.top(), now.size())));
    return changed > guard.change() * guard.top()
        ? told("%d of the first %d would change", changed, guard.top())
        : Optional.empty();
  }

  private static Optional<String> told(String text, int part, int whole) {
    return Optional.of(String.format(Locale.ROOT, text, part, whole));
  }

  /** The scores that stood, less what left the window; null when that is not known. */
  private static @Nullable Map<String, BigInteger> left(Listing before, Ranked next) {
    Map<String, BigInteger> rolled = next.rolled();
    if (rolled == null) {
      return null;
    }
    Map<String, BigInteger> left = new HashMap<>();
    for (Entry e : before.entries()) {
      if (e.organicRank() > 0) {
        BigInteger out = rolled.getOrDefault(e.productId(), BigInteger.ZERO);
        left.put(e.productId(), e.score().subtract(out));
      }
    }
    return left;
  }

  private static Set<String> rolledOut(Map<String, BigInteger> left) {
    Set<String> out = new HashSet<>();
    left.forEach(
        (product, score) -> {
          if (score.signum() <= 0) {
            out.add(product);
          }
        });
    return out;
  }

  /** Whom its own loss alone would have taken out of the first places. */
  private static Set<String> sunk(
      Listing before, Ranked next, Map<String, BigInteger> left, int top) {
    List<String> order =
        before.entries().stream()
            .map(Entry::productId)
            .filter(left::containsKey)
            .sorted(Comparator.comparing(left::get, Comparator.reverseOrder()))
            .toList();
    Set<String> sunk = new HashSet<>(order.subList(Math.min(top, order.size()), order.size()));
    Map<String, BigInteger> rolled = next.rolled();
    sunk.removeIf(p -> rolled == null || !rolled.containsKey(p));
    return sunk;
  }

  private static Set<String> gone(Board board, Listing before, Ranked next) {
    if (!turned(board, before, next)) {
      return Set.of();
    }
    Set<String> gone = new HashSet<>();
    before.entries().forEach(e -> gone.add(e.productId()));
    next.organic().forEach(o -> gone.remove(o.productId()));
    next.omitted().stream().map(Omitted::productId).forEach(gone::remove);
    return gone;
  }

  private static boolean turned(Board board, Listing before, Ranked next) {
    long step = board.step().toMillis();
    return Math.floorDiv(before.asOf().toEpochMilli(), step)
        != Math.floorDiv(next.asOf().toEpochMilli(), step);
  }

  private static int missing(List<String> stood, Set<String> excused, List<String> now) {
    Set<String> there = new HashSet<>(now);
    return (int) stood.stream().filter(p -> !there.contains(p) && !excused.contains(p)).count();
  }
}
