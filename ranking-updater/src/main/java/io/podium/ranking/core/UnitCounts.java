package io.podium.ranking.core;

/** Units of one product in the orders of buyers with the same values. */
final class UnitCounts {
  long orders;
  long net;
  long cancelled;
  long capped;
  private long[] buyers = new long[16];
  private int known;

  /** Counts the lines of one product, from {@code line} on. */
  void add(Counting counting, Order order, int line) {
    int end = order.runEnd(line);
    long left = Scoring.remaining(order, line, end);
    long counts = counting.counted(order, line);
    for (int i = line; i < end; i++) {
      cancelled += order.quantity(i);
    }
    cancelled -= left;
    capped += left - counts;
    net += counts;
    orders += counts > 0 ? 1 : 0;
    if (counts > 0 && order.hasBuyer()) {
      add(order.buyerHi(), order.buyerLo());
    }
  }

  /** Distinct buyers; an open table of pairs, at most half full, in which lo = 0 is free. */
  int buyers() {
    return known;
  }

  private void add(long hi, long lo) {
    int at = slot(buyers, hi, lo);
    if (buyers[at + 1] == 0) {
      buyers[at] = hi;
      buyers[at + 1] = lo;
      known++;
      if (known * 4 > buyers.length) {
        grow();
      }
    }
  }

  private void grow() {
    long[] larger = new long[buyers.length * 2];
    for (int i = 0; i < buyers.length; i += 2) {
      if (buyers[i + 1] != 0) {
        int at = slot(larger, buyers[i], buyers[i + 1]);
        larger[at] = buyers[i];
        larger[at + 1] = buyers[i + 1];
      }
    }
    buyers = larger;
  }

  private static int slot(long[] table, long hi, long lo) {
    int at = (int) (lo ^ (lo >>> 32)) * 2 & (table.length - 2);
    while (table[at + 1] != 0 && (table[at] != hi || table[at + 1] != lo)) {
      at = (at + 2) & (table.length - 2);
    }
    return at;
  }
}
