package io.podium.ranking.core;

import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.OrderPlaced;

/** Whether an event fits within the bounds, asked before anything is changed. */
final class Room {
  private final CoreState state;
  private final Stores stores;
  private final long projections;
  private final long cappedBoards;
  private long sure;

  /** Where the windows began when buyer profiles were last gone through. */
  private long swept = Long.MAX_VALUE;

  Room(CoreState state) {
    this.state = state;
    this.stores = state.stores;
    long cuts = 0;
    long capped = 0;
    for (BoardRanking b : state.boards.values()) {
      cuts += b.counting.projections.size();
      capped += b.board.buyerCap() == null ? 0 : 1;
    }
    this.projections = cuts;
    this.cappedBoards = capped;
  }

  /** The bounds are looked at only when those lines are used up that were sure to fit last time. */
  boolean holds(SalesEvent event) {
    long lines = lines(event);
    sure -= lines;
    if (sure < 0) {
      if (!holds(lines)) {
        return false;
      }
      sure = sure() - lines;
    }
    return holdsOrder(event, (int) lines);
  }

  /** Something was counted that was taken in before. */
  void lookAgain() {
    sure = 0;
  }

  /** How many lines fit for certain, in events of at least one each. */
  private long sure() {
    long perLine = Math.max(1, Math.max(projections, cappedBoards));
    long least = Long.MAX_VALUE;
    for (Tally tally : stores.bounded) {
      least = Math.min(least, tally.bound - tally.used);
    }
    return least / perLine;
  }

  private boolean holds(long lines) {
    return stores.productTally.hasRoom(lines)
        && stores.profileTally.hasRoom(1)
        && stores.series.hasRoom(lines * projections)
        && stores.counters.hasRoom(lines * projections)
        && stores.capped.hasRoom(lines * cappedBoards)
        && stores.waiting.hasRoom(1)
        && stores.dedupe.hasRoom();
  }

  private boolean holdsOrder(SalesEvent event, int lines) {
    if (event instanceof OrderPlaced placed) {
      return stores.orders.hasRoom(1)
          && stores.orderBytes.hasRoom(OrderBook.bytesOf(placed) + OrderBook.bytesOfCancel(lines));
    }
    return !(event instanceof OrderCancelled)
        || (stores.orders.hasRoom(1) && stores.orderBytes.hasRoom(OrderBook.bytesOfCancel(lines)));
  }

  /** Gives back what is no longer needed, and asks again. */
  boolean makeFor(SalesEvent event) {
    stores.dedupe.makeRoom();
    state.boards.values().forEach(b -> b.standings.settle());
    if (!stores.profileTally.hasRoom(1) && swept != state.start()) {
      swept = state.start();
      stores.profiles.forgetUnused();
      state.boards.values().forEach(b -> b.standings.forgetUnusedTuples());
    }
    return holds(event);
  }

  private static long lines(SalesEvent event) {
    if (event instanceof OrderPlaced placed) {
      return placed.lines().size();
    }
    if (event instanceof OrderCancelled cancelled) {
      return cancelled.lines() == null ? 1 : cancelled.lines().size();
    }
    return 1;
  }
}
