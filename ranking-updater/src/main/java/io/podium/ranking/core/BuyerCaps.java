package io.podium.ranking.core;

import io.podium.ranking.board.Board;
import io.podium.ranking.event.Key;
import java.nio.ByteBuffer;

/**
 * The buyer cap of one board. A group is what one buyer bought of one product in one period, as a
 * list of order lines by (time, event id); the first units of it count, up to the cap, so those
 * that count lie in the front of the list. When a line joins, changes or leaves the window, the
 * group is allotted anew and only differences are told.
 *
 * <pre>
 * group: 0 key (hi, lo), 16 first, 20 last, 24 units that count
 * line:  0 order, 8 units that count, 16 group, 20 before, 24 after, 28 next of its step, 32 line
 * </pre>
 */
final class BuyerCaps {
  private static final int FIRST = 16;
  private static final int LAST = 20;
  private static final int USED = 24;
  private static final int UNITS = 8;
  private static final int GROUP = 16;
  private static final int BEFORE = 20;
  private static final int AFTER = 24;
  private static final int NEXT_OF_STEP = 28;
  private static final int LINE = 32;

  /** Told what a line of an order counts from now on. */
  interface Allotment {
    void changed(Order order, int line, long before, long after);
  }

  private final long cap;
  private final long period;
  private final OrderBook book;
  private final Tally tally;
  private final KeyTable index;
  private final Records groups;
  private final Records lines;
  private final int[] firstOfSlot;
  private final Allotment allotment;
  private final Key key = new Key();
  private final Order a = new Order();
  private final Order b = new Order();

  BuyerCaps(Stores stores, Board.BuyerCap cap, int slots, Allotment allotment) {
    this.cap = cap.units();
    this.period = Nanos.of(cap.per());
    this.book = stores.book;
    this.tally = stores.capped;
    this.index = new KeyTable(stores.arena, 8, new Tally("buyer-groups", Long.MAX_VALUE));
    this.groups = new Records(stores.arena, 32, 1);
    this.lines = new Records(stores.arena, 40, 1);
    this.firstOfSlot = new int[slots];
    this.allotment = allotment;
  }

  /** A product's lines of an order, from {@code line} on, join the window. */
  void join(Order order, int line, int slot) {
    int g = group(order, order.product(line));
    int n = lines.allocate();
    tally.used++;
    lines.putLong(n, 0, order.address);
    lines.putInt(n, GROUP, g);
    lines.putInt(n, LINE, line);
    lines.putInt(n, NEXT_OF_STEP, firstOfSlot[slot]);
    firstOfSlot[slot] = n;
    int before = groups.getInt(g, LAST);
    while (before != 0 && order.isEarlierThan(view(before, b))) {
      before = lines.getInt(before, BEFORE);
    }
    link(g, n, before);
    allot(g);
  }

  /** The order is about to change or to be withdrawn: nothing of it counts for now. */
  void suspend(Order order) {
    for (int line = 0; line < order.lines(); line = order.runEnd(line)) {
      int n = find(order, line);
      if (n != 0) {
        count(n, order, 0);
      }
    }
  }

  /** How many units of a product's lines of an order count. */
  long counted(Order order, int line) {
    int n = find(order, line);
    return n == 0 ? 0 : lines.getLong(n, UNITS);
  }

  /** A suspended order has changed. */
  void resume(Order order) {
    for (int line = 0; line < order.lines(); line = order.runEnd(line)) {
      int n = find(order, line);
      if (n != 0) {
        allot(lines.getInt(n, GROUP));
      }
    }
  }

  /** A suspended order never comes back. */
  void withdraw(Order order) {
    for (int line = 0; line < order.lines(); line = order.runEnd(line)) {
      int n = find(order, line);
      if (n != 0) {
        int g = lines.getInt(n, GROUP);
        unlink(g, n);
        // Its step still lists it, and frees it.
        lines.putInt(n, GROUP, 0);
        allotOrDrop(g);
      }
    }
  }

  /** The lines of a step leave the window, and take their counts along; see {@link #settle}. */
  void expire(int slot, IntList touchedGroups) {
    for (int n = firstOfSlot[slot]; n != 0; ) {
      int next = lines.getInt(n, NEXT_OF_STEP);
      int g = lines.getInt(n, GROUP);
      if (g != 0) {
        groups.putLong(g, USED, groups.getLong(g, USED) - lines.getLong(n, UNITS));
        unlink(g, n);
        touchedGroups.add(g);
      }
      lines.release(n);
      tally.used--;
      n = next;
    }
    firstOfSlot[slot] = 0;
  }

  /** Units freed by lines that left count for later ones. A group may be told more than once. */
  void settle(IntList touchedGroups) {
    for (int i = 0; i < touchedGroups.size(); i++) {
      int g = touchedGroups.get(i);
      if (groups.getLong(g, 8) != 0) {
        allotOrDrop(g);
      }
    }
  }

  private void allotOrDrop(int g) {
    if (groups.getInt(g, FIRST) != 0) {
      allot(g);
      return;
    }
    index.remove(index.find(groups.getLong(g, 0), groups.getLong(g, 8)));
    groups.putLong(g, 8, 0);
    groups.release(g);
  }

  /** Goes down the list until the cap is used up and nothing further down counts. */
  private void allot(int g) {
    long left = cap;
    long countedBelow = groups.getLong(g, USED);
    for (int n = groups.getInt(g, FIRST);
        n != 0 && (left > 0 || countedBelow > 0);
        n = lines.getInt(n, AFTER)) {
      Order order = view(n, a);
      int line = lines.getInt(n, LINE);
      countedBelow -= lines.getLong(n, UNITS);
      long units = Math.min(left, Scoring.remaining(order, line, order.runEnd(line)));
      left -= units;
      count(n, order, units);
    }
  }

  private void count(int n, Order order, long units) {
    long before = lines.getLong(n, UNITS);
    if (before != units) {
      int g = lines.getInt(n, GROUP);
      lines.putLong(n, UNITS, units);
      groups.putLong(g, USED, groups.getLong(g, USED) + units - before);
      allotment.changed(order, lines.getInt(n, LINE), before, units);
    }
  }

  private int group(Order order, int product) {
    keyOf(order, product);
    long entry = index.find(key.hi, key.lo);
    if (entry != KeyTable.ABSENT) {
      return (int) index.getLong(entry, 0);
    }
    int g = groups.allocate();
    groups.putLong(g, 0, key.hi);
    groups.putLong(g, 8, key.lo);
    index.putLong(index.insert(key.hi, key.lo), 0, g);
    return g;
  }

  private int find(Order order, int line) {
    keyOf(order, order.product(line));
    long entry = index.find(key.hi, key.lo);
    if (entry == KeyTable.ABSENT) {
      return 0;
    }
    int n = groups.getInt((int) index.getLong(entry, 0), LAST);
    while (n != 0 && lines.getLong(n, 0) != order.address) {
      n = lines.getInt(n, BEFORE);
    }
    return n;
  }

  private void keyOf(Order order, int product) {
    key.start().add(order.buyerHi(), order.buyerLo());
    key.add(product, Math.floorDiv(order.time(), period));
  }

  private Order view(int n, Order into) {
    book.view(lines.getLong(n, 0), into);
    return into;
  }

  /** Puts a line after another, or first. */
  private void link(int g, int n, int before) {
    int after = before == 0 ? groups.getInt(g, FIRST) : lines.getInt(before, AFTER);
    join(g, before, n);
    join(g, n, after);
  }

  private void unlink(int g, int n) {
    join(g, lines.getInt(n, BEFORE), lines.getInt(n, AFTER));
  }

  /** Makes two lines neighbours; 0 is the end of the list. */
  private void join(int g, int before, int after) {
    put(before == 0 ? groups : lines, before == 0 ? g : before, before == 0 ? FIRST : AFTER, after);
    put(after == 0 ? groups : lines, after == 0 ? g : after, after == 0 ? LAST : BEFORE, before);
  }

  private static void put(Records records, int id, int offset, int value) {
    ByteBuffer chunk = records.chunk(id);
    chunk.putInt(records.at(id) + offset, value);
  }
}
