package io.podium.ranking.core;

import io.podium.ranking.event.SalesEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** One stream time, the boards that follow it, their cards, and the events that are ahead of it. */
final class Clock {
  /** An event that is kept until T reaches it, on one clock or on both. */
  static final class Waiting {
    final long time;
    final long arrival;
    final SalesEvent event;

    /** Of an order: its placement, which may have been withdrawn meanwhile. */
    final long placement;

    int clocks;

    Waiting(long time, long arrival, SalesEvent event, long placement) {
      this.time = time;
      this.arrival = arrival;
      this.event = event;
      this.placement = placement;
    }
  }

  final boolean event;
  final List<BoardRanking> boards = new ArrayList<>();
  final Cards cards;
  private final boolean fixed;
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(
          Comparator.<Waiting>comparingLong(w -> w.time).thenComparingLong(w -> w.arrival));
  private long t = Nanos.NONE;
  private boolean turned;

  Clock(boolean event, Cards cards, boolean fixed) {
    this.event = event;
    this.cards = cards;
    this.fixed = fixed;
  }

  long t() {
    return t;
  }

  boolean isAhead(long time) {
    return !boards.isEmpty() && (t == Nanos.NONE || time > t);
  }

  void await(Waiting w) {
    w.clocks++;
    if (!fixed) {
      waiting.add(w);
    }
  }

  /** Never goes back. Events that T has reached are released in the order of their times. */
  void moveTo(long now, Consumer<Waiting> release) {
    if (!fixed) {
      set(now, release);
    }
  }

  void set(long now, Consumer<Waiting> release) {
    if (t != Nanos.NONE && now <= t) {
      return;
    }
    t = now;
    for (int i = 0; i < boards.size(); i++) {
      turned |= boards.get(i).counting.moveTo(now);
    }
    while (!waiting.isEmpty() && waiting.element().time <= now) {
      release.accept(waiting.remove());
    }
  }

  /** Whether a board's window has moved since the last call. */
  boolean takeTurned() {
    boolean was = turned;
    turned = false;
    return was;
  }

  /** The earliest time that counts on any board; {@link Nanos#NONE} while T is not known. */
  long start() {
    long start = Long.MAX_VALUE;
    for (BoardRanking b : boards) {
      start = Math.min(start, b.counting.horizon.start());
    }
    return start;
  }

  List<Waiting> waiting() {
    List<Waiting> all = new ArrayList<>(waiting);
    all.sort(Comparator.comparingLong(w -> w.arrival));
    return all;
  }
}
