package io.podium.ranking.run;

import io.podium.listing.Slice;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.core.RankingCore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Gathers the evidence of listings that changed, many in one pass over the orders. A pass stands in
 * the loop's way, so passes take at most one part in 200 of its time: with many orders evidence is
 * kept less often, and once an hour when even a small pass takes longer than half a second. Boards
 * have their turns. Loop's thread only.
 */
final class Proofs {
  private static final long SHARE = 200;

  /** Listings of one pass: bounds its memory. Fewer while passes are long. */
  private static final int MOST_AT_ONCE = 256;

  private static final long LONG_PASS_NANOS = 200_000_000;

  /** With so many orders, readers notice a pass: then it is a rare one. */
  private static final long TOO_LONG_NANOS = 500_000_000;

  private static final long AFTER_TOO_LONG_NANOS = Duration.ofHours(1).toNanos();

  private final long everyNanos;
  private final BooleanSupplier hasRoom;
  private final LongSupplier nanos;
  private final Map<String, Set<Slice>> owed = new LinkedHashMap<>();
  private final Map<String, Long> boardDueAt = new HashMap<>();
  private long dueAt;
  private int atOnce = MOST_AT_ONCE;
  private volatile long lastPassNanos;

  /**
   * @param every least time between two passes of one board
   * @param hasRoom whether more evidence can be kept
   */
  Proofs(Duration every, BooleanSupplier hasRoom, LongSupplier nanos) {
    this.everyNanos = every.toNanos();
    this.hasRoom = hasRoom;
    this.nanos = nanos;
    this.dueAt = nanos.getAsLong();
  }

  /** They changed. Bounded by the number of listings. */
  void owe(Collection<Ranked> changed) {
    for (Ranked r : changed) {
      owed.computeIfAbsent(r.key().board(), b -> new LinkedHashSet<>()).add(r.key().slice());
    }
  }

  void forget() {
    owed.clear();
  }

  /** Listings of the board as they are ranked now, with evidence; none when it is not time. */
  List<Ranked> take(RankingCore core, String board) {
    long now = nanos.getAsLong();
    boolean turn = !owed.isEmpty() && owed.keySet().iterator().next().equals(board);
    if (!turn
        || now - dueAt < 0
        || now - boardDueAt.getOrDefault(board, now) < 0
        || !hasRoom.getAsBoolean()) {
      return List.of();
    }
    List<Ranked> proven = core.evidence(board, next(board));
    long took = nanos.getAsLong() - now;
    lastPassNanos = took;
    atOnce =
        took > LONG_PASS_NANOS
            ? Math.max(1, atOnce / 2)
            : took > LONG_PASS_NANOS / 4 ? atOnce : Math.min(MOST_AT_ONCE, atOnce * 2);
    // Not for one pass that the machine held up: several in a row made the passes small first.
    boolean tooLong = atOnce == 1 && took > TOO_LONG_NANOS;
    dueAt = now + Math.max(SHARE * took, tooLong ? AFTER_TOO_LONG_NANOS : 0);
    boardDueAt.put(board, now + everyNanos);
    return proven;
  }

  /** How long the loop stood still for the last pass. From any thread. */
  Duration lastPass() {
    return Duration.ofNanos(lastPassNanos);
  }

  private List<Slice> next(String board) {
    Set<Slice> all = owed.getOrDefault(board, Set.of());
    owed.remove(board);
    List<Slice> slices = new ArrayList<>();
    Iterator<Slice> rest = all.iterator();
    while (rest.hasNext() && slices.size() < atOnce) {
      slices.add(rest.next());
      rest.remove();
    }
    if (!all.isEmpty()) {
      owed.put(board, all);
    }
    return slices;
  }
}
