package io.podium.ranking.core;

import io.podium.ranking.board.Board;
import io.podium.ranking.event.SalesEvent.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one board counts: orders, cancellations and signals, into its projections. */
final class Counting {
  final Horizon horizon;
  final List<Projection> projections;
  private final Projection[] each;
  private final Scoring scoring;
  private final @Nullable BuyerCaps caps;
  private final int currency;
  private final Wide amount = new Wide();
  private boolean rejoining;
  long foreign;

  Counting(Board board, Stores stores, Currencies currencies) {
    this.horizon = new Horizon(board);
    this.scoring = new Scoring(board.score());
    this.currency = currencies.of(board.currency());
    this.projections =
        board.slices().stream()
            .map(slice -> buyerDimensions(slice, stores))
            .distinct()
            .map(dimensions -> new Projection(stores, horizon, dimensions))
            .toList();
    this.each = projections.toArray(Projection[]::new);
    Board.BuyerCap cap = board.buyerCap();
    this.caps = cap == null ? null : new BuyerCaps(stores, cap, horizon.steps(), this::allotted);
  }

  static List<String> buyerDimensions(List<String> slice, Stores stores) {
    List<String> own = new ArrayList<>(stores.profiles.dimensions);
    own.retainAll(slice);
    return List.copyOf(own);
  }

  /** Whether orders, in any currency, count here. */
  boolean countsOrders() {
    return scoring.countsOrders();
  }

  boolean weighs(String signalType) {
    return scoring.weighs(signalType);
  }

  /** The types of signals that have a weight. */
  Set<String> signals() {
    return scoring.signals();
  }

  boolean isForeign(int orderCurrency) {
    return currency != Currencies.NONE
        && orderCurrency != Currencies.NONE
        && orderCurrency != currency;
  }

  /** The order joins what counts, if its time is in the window. */
  void join(Order order) {
    if (!counts(order)) {
      return;
    }
    boolean capped = caps != null && order.hasBuyer();
    for (int line = 0; line < order.lines(); line = order.runEnd(line)) {
      if (capped && caps != null) {
        caps.join(order, line, horizon.slot(order.time()));
      } else {
        add(order, line, Long.MAX_VALUE, false);
      }
    }
  }

  /** Takes out what the order adds, because it is about to change. */
  void suspend(Order order) {
    if (counts(order)) {
      if (caps != null && order.hasBuyer()) {
        caps.suspend(order);
      } else {
        addAll(order, true);
      }
    }
  }

  /** A suspended order has changed. */
  void resume(Order order) {
    if (counts(order)) {
      if (caps != null && order.hasBuyer()) {
        caps.resume(order);
      } else {
        addAll(order, false);
      }
    }
  }

  /** A suspended order never comes back: another placement of it stands. */
  void withdraw(Order order) {
    if (counts(order) && caps != null && order.hasBuyer()) {
      caps.withdraw(order);
    }
  }

  boolean counts(Order order) {
    return scoring.countsOrders() && horizon.holds(order.time()) && !isForeign(order.currency());
  }

  /** How many units of a product's lines of an order that counts do count. */
  long counted(Order order, int line) {
    return caps != null && order.hasBuyer()
        ? caps.counted(order, line)
        : Scoring.remaining(order, line, order.runEnd(line));
  }

  private void addAll(Order order, boolean out) {
    for (int line = 0; line < order.lines(); line = order.runEnd(line)) {
      add(order, line, Long.MAX_VALUE, out);
    }
  }

  private void allotted(Order order, int line, long before, long after) {
    if (rejoining) {
      return;
    }
    if (before > 0) {
      add(order, line, before, true);
    }
    if (after > 0) {
      add(order, line, after, false);
    }
  }

  private void add(Order order, int line, long units, boolean out) {
    scoring.order(order, line, order.runEnd(line), units, amount);
    if (out) {
      amount.negate();
    }
    add(order.product(line), order.profile(), order.time());
  }

  long touch(int[] ids, int n) {
    long sum = 0;
    for (Projection p : each) {
      sum += p.touch(ids, n);
    }
    return sum;
  }

  /** Says by which numbers {@link #signal} is told the types that have a weight on any board. */
  void number(String[] types) {
    scoring.number(types);
  }

  void signal(int type, long quantity, int product, int profile, long time) {
    if (horizon.holds(time)) {
      scoring.signal(type, quantity, amount);
      add(product, profile, time);
    }
  }

  void withoutOrder(Line line, int product, int profile, long time) {
    if (horizon.holds(time)) {
      scoring.withoutOrder(line, amount);
      add(product, profile, time);
    }
  }

  private void add(int product, int profile, long time) {
    if (amount.isZero()) {
      return;
    }
    long hi = amount.hi;
    long lo = amount.lo;
    for (Projection p : each) {
      p.add(product, profile, time, hi, lo);
    }
  }

  /** T grows: steps that leave the window are taken out. Returns whether the window moved. */
  boolean moveTo(long t) {
    if (horizon.holdsStepOf(t)) {
      horizon.moveTo(t);
      return false;
    }
    long oldStart = horizon.start();
    int oldSlot = oldStart == Nanos.NONE ? -1 : horizon.slot(horizon.t());
    horizon.moveTo(t);
    if (oldStart != Nanos.NONE) {
      turn(oldStart, oldSlot);
    }
    return true;
  }

  private void turn(long oldStart, int oldSlot) {
    projections.forEach(p -> p.gather(oldSlot));
    int leaving = horizon.leaving(oldStart);
    IntList groups = new IntList();
    for (int i = 0; i < leaving; i++) {
      int slot = horizon.slotFrom(oldStart, i);
      projections.forEach(p -> p.expire(slot));
      if (caps != null) {
        caps.expire(slot, groups);
      }
    }
    projections.forEach(p -> p.close(oldSlot));
    if (caps != null) {
      caps.settle(groups);
    }
  }

  /**
   * Makes all totals anew if the board fades and a step has turned; until then they are out of
   * date.
   *
   * @return whether it did
   */
  boolean rescore() {
    boolean due = false;
    for (Projection p : each) {
      due |= p.rescoreIfDue();
    }
    return due;
  }

  /** Begins what the turn of the step will ask for; see {@link Rescoring}. */
  void prepareRescoring() {
    for (Projection p : each) {
      p.prepareRescoring();
    }
  }

  @Nullable Projection projection(List<String> buyerDimensions) {
    for (Projection p : each) {
      if (p.dimensions.equals(buyerDimensions)) {
        return p;
      }
    }
    return null;
  }

  /** Groups of the buyer cap are made again from the remembered orders; counters were saved. */
  void rejoin(Order order) {
    if (counts(order) && caps != null && order.hasBuyer()) {
      rejoining = true;
      for (int line = 0; line < order.lines(); line = order.runEnd(line)) {
        caps.join(order, line, horizon.slot(order.time()));
      }
      rejoining = false;
    }
  }
}
