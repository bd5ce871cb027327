package io.podium.ranking.core;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Running totals of one board, by product and buyer values. A series lives while a counter of it
 * does. Where a board is not cut by buyers the series of a product is its int, and needs no
 * look-up.
 *
 * <pre>
 * 0 total (lo, hi), 16 amount in the current step, 24 counters, 28 product, 32 tuple,
 * 36 next series of the product + 1, 40 quiet; counters' top bits: to be ranked again, in the
 * current step
 * </pre>
 *
 * <p>A series whose total stays below its quiet mark stands in no listing and enters none: nobody
 * is told that it grew. A record is a cache line.
 */
final class SeriesTable {
  private static final int LO = 0;
  private static final int HI = 8;
  private static final int CURRENT = 16;
  private static final int COUNTERS = 24;
  private static final int PRODUCT = 28;
  private static final int TUPLE = 32;
  private static final int NEXT = 36;
  private static final int QUIET = 40;
  private static final int STRIDE = 64;
  private static final int CHANGED = 1 << 31;
  private static final int IN_CURRENT = 1 << 30;
  private static final int COUNT = IN_CURRENT - 1;

  private final Arena arena;
  private final Products products;
  private final boolean direct;
  private final Tally tally;
  private final Records records;
  private final IntList changed = new IntList();
  private final IntList inCurrent = new IntList();
  private int[] firstOfProduct = new int[0];
  private @Nullable ByteBuffer index;
  private int indexSlots;
  private int indexed;

  /**
   * @param direct one series a product
   */
  SeriesTable(Arena arena, Products products, boolean direct, Tally tally) {
    this.arena = arena;
    this.products = products;
    this.direct = direct;
    this.tally = tally;
    this.records = new Records(arena, STRIDE, 0);
  }

  /** The live series, or -1. */
  int find(int product, int tuple) {
    if (direct) {
      boolean live = product < records.end() && records.getInt(product, COUNTERS) != 0;
      return live ? product : -1;
    }
    ByteBuffer b = index;
    if (b == null) {
      return -1;
    }
    for (int i = home(product, tuple); ; i = i + 1 == indexSlots ? 0 : i + 1) {
      int s = b.getInt(i * 4) - 1;
      if (s < 0 || (product(s) == product && tuple(s) == tuple)) {
        return s;
      }
    }
  }

  /** The series; a new one must get a counter. */
  int of(int product, int tuple) {
    if (direct) {
      if (product >= records.end()) {
        records.ensure(product);
      }
      if (records.getInt(product, COUNTERS) == 0) {
        open(product, product, 0);
      }
      return product;
    }
    int found = find(product, tuple);
    return found >= 0 ? found : create(product, tuple);
  }

  private int create(int product, int tuple) {
    int s = records.allocate();
    open(s, product, tuple);
    if (product >= firstOfProduct.length) {
      firstOfProduct = Arrays.copyOf(firstOfProduct, Math.max(64, product * 2));
    }
    records.putInt(s, NEXT, firstOfProduct[product]);
    firstOfProduct[product] = s + 1;
    if (indexed >= indexSlots / 4 * 3) {
      reindex();
    }
    enter(s);
    return s;
  }

  private void open(int s, int product, int tuple) {
    products.retain(product);
    records.putInt(s, PRODUCT, product);
    records.putInt(s, TUPLE, tuple);
    records.putLong(s, QUIET, 0);
    tally.used++;
  }

  void add(int s, long hi, long lo) {
    addUnmarked(s, hi, lo);
    mark(s);
  }

  /**
   * Adds to the counter of the current step, which stands beside the total, and to the total; marks
   * the series unless that changes no listing.
   *
   * @param weight of the current step in the total; 0 while the total is out of date
   * @return 0: it does not fit, and nothing was changed; else 1, and 2 more if the counter is new
   */
  int addCurrent(int s, long amount, long weight) {
    ByteBuffer b = records.chunk(s);
    int at = records.at(s);
    long old = b.getLong(at + CURRENT);
    long sum = old + amount;
    if (((old ^ sum) & (amount ^ sum)) < 0) {
      return 0;
    }
    b.putLong(at + CURRENT, sum);
    boolean quiet = addTotal(b, at, Math.multiplyHigh(amount, weight), amount * weight);
    int counters = b.getInt(at + COUNTERS);
    int now = counters | IN_CURRENT;
    if (counters >= 0 && !quiet) {
      changed.add(s);
      now |= CHANGED;
    }
    boolean isNew = (counters & IN_CURRENT) == 0;
    if (isNew) {
      inCurrent.add(s);
      now++;
    }
    if (now != counters) {
      b.putInt(at + COUNTERS, now);
    }
    return isNew ? 3 : 1;
  }

  /** Returns whether the total was and is below the quiet mark. */
  private static boolean addTotal(ByteBuffer b, int at, long hi, long lo) {
    long oldLo = b.getLong(at + LO);
    long oldHi = b.getLong(at + HI);
    long sumLo = oldLo + lo;
    long sumHi = oldHi + hi + (Long.compareUnsigned(sumLo, lo) < 0 ? 1 : 0);
    b.putLong(at + LO, sumLo);
    b.putLong(at + HI, sumHi);
    long quiet = b.getLong(at + QUIET);
    // Both within 0 to 2^63, and below.
    return (oldHi | sumHi) == 0 && (oldLo | sumLo) >= 0 && oldLo < quiet && sumLo < quiet;
  }

  /** From now on changes of the total below that do not mark the series; 0: all do. */
  void quietBelow(int s, long total) {
    records.putLong(s, QUIET, total);
  }

  /** The series that have a counter in the current step. */
  IntList inCurrent() {
    return inCurrent;
  }

  /** Takes the counter of the current step out of the record; it still counts as one. */
  long takeCurrent(int s) {
    ByteBuffer b = records.chunk(s);
    int at = records.at(s);
    long amount = b.getLong(at + CURRENT);
    b.putLong(at + CURRENT, 0);
    b.putInt(at + COUNTERS, b.getInt(at + COUNTERS) & ~IN_CURRENT);
    return amount;
  }

  /** The series is to be ranked again. */
  void mark(int s) {
    int counters = records.getInt(s, COUNTERS);
    if (counters >= 0) {
      records.putInt(s, COUNTERS, counters | CHANGED);
      changed.add(s);
    }
  }

  /** For a board whose totals are all made anew: nothing is marked as changed. */
  void addUnmarked(int s, long hi, long lo) {
    addTotal(records.chunk(s), records.at(s), hi, lo);
  }

  void countersChanged(int s, int by) {
    ByteBuffer b = records.chunk(s);
    int at = records.at(s) + COUNTERS;
    int counters = b.getInt(at);
    b.putInt(at, (counters & ~COUNT) | ((counters & COUNT) + by));
  }

  void setTotal(int s, long hi, long lo) {
    records.putLong(s, LO, lo);
    records.putLong(s, HI, hi);
  }

  int product(int s) {
    return records.getInt(s, PRODUCT);
  }

  int tuple(int s) {
    return records.getInt(s, TUPLE);
  }

  long lo(int s) {
    return records.getLong(s, LO);
  }

  long hi(int s) {
    return records.getLong(s, HI);
  }

  /** Reads the series of products that have one each, see {@link KeyTable#touch}. */
  long touch(int[] ids, int n) {
    long sum = 0;
    int end = records.end();
    for (int i = 0; i < n; i++) {
      int id = ids[i];
      if (id >= 0 && id < end) {
        sum += records.getLong(id, LO);
      }
    }
    return sum;
  }

  boolean isLive(int s) {
    return records.getInt(s, COUNTERS) != 0;
  }

  /** The tuples that live series have. */
  void addTuples(BitSet to) {
    for (int s = 0; s < end(); s++) {
      if (isLive(s)) {
        to.set(tuple(s));
      }
    }
  }

  /** Ids below this may be live. */
  int end() {
    return records.end();
  }

  /** The first series of a product, or -1; {@link #nextOfProduct} follows. */
  int firstOfProduct(int product) {
    if (direct) {
      return find(product, 0);
    }
    return product < firstOfProduct.length ? firstOfProduct[product] - 1 : -1;
  }

  int nextOfProduct(int s) {
    return direct ? -1 : records.getInt(s, NEXT) - 1;
  }

  /** Series changed since {@link #settled}. */
  IntList changed() {
    return changed;
  }

  /** Forgets what changed, and series without a counter. */
  void settled() {
    for (int i = 0; i < changed.size(); i++) {
      int s = changed.get(i);
      int counters = records.getInt(s, COUNTERS) & ~CHANGED;
      records.putInt(s, COUNTERS, counters);
      if (counters == 0) {
        close(s);
      }
    }
    changed.clear();
  }

  private void close(int s) {
    int product = product(s);
    if (!direct) {
      unlink(s, product);
      leave(s);
      records.release(s);
    }
    tally.used--;
    products.release(product);
  }

  private void unlink(int s, int product) {
    int next = records.getInt(s, NEXT);
    if (firstOfProduct[product] == s + 1) {
      firstOfProduct[product] = next;
      return;
    }
    int before = firstOfProduct[product] - 1;
    while (records.getInt(before, NEXT) != s + 1) {
      before = records.getInt(before, NEXT) - 1;
    }
    records.putInt(before, NEXT, next);
  }

  private void reindex() {
    ByteBuffer old = index;
    int oldSlots = indexSlots;
    ByteBuffer grown = arena.allocate(Math.max(16, indexed * 2) * 4);
    index = grown;
    indexSlots = grown.capacity() / 4;
    indexed = 0;
    for (int i = 0; i < oldSlots; i++) {
      if (old != null && old.getInt(i * 4) != 0) {
        enter(old.getInt(i * 4) - 1);
      }
    }
    if (old != null) {
      arena.free(old);
    }
  }

  private void enter(int s) {
    ByteBuffer b = buffer();
    int i = home(product(s), tuple(s));
    while (b.getInt(i * 4) != 0) {
      i = i + 1 == indexSlots ? 0 : i + 1;
    }
    b.putInt(i * 4, s + 1);
    indexed++;
  }

  private void leave(int s) {
    ByteBuffer b = buffer();
    int hole = home(product(s), tuple(s));
    while (b.getInt(hole * 4) != s + 1) {
      hole = hole + 1 == indexSlots ? 0 : hole + 1;
    }
    for (int j = hole; ; ) {
      j = j + 1 == indexSlots ? 0 : j + 1;
      int other = b.getInt(j * 4) - 1;
      if (other < 0) {
        break;
      }
      int home = home(product(other), tuple(other));
      boolean stays = hole <= j ? hole < home && home <= j : hole < home || home <= j;
      if (!stays) {
        b.putInt(hole * 4, other + 1);
        hole = j;
      }
    }
    b.putInt(hole * 4, 0);
    indexed--;
  }

  private ByteBuffer buffer() {
    if (index == null) {
      throw new IllegalStateException("no series");
    }
    return index;
  }

  private int home(int product, int tuple) {
    long hash = ((long) product << 32 | tuple) * 0x9E3779B97F4A7C15L;
    hash = (hash ^ (hash >>> 29)) * 0xBF58476D1CE4E5B9L;
    return (int) (((hash >>> 32) * indexSlots) >>> 32);
  }
}
