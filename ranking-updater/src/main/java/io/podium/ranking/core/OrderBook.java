package io.podium.ranking.core;

import io.podium.ranking.event.Key;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.Meta;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Every order that may still count or be cancelled: its standing placement and what was cancelled
 * of it, whichever came first. Forgotten by time.
 */
final class OrderBook {
  static final int PLACEMENT = 1;
  static final int CANCELS = 2;
  static final int DEAD = 0;
  private static final int MOST_CANCELLED = 1 << 30;

  private final Products products;
  private final Share own;
  private final Profiles profiles;
  private final Segments segments;
  private final KeyTable index;
  private long boundary = Nanos.NONE;
  private int[] keptLines = new int[16];
  private int[] keptProducts = new int[16];

  OrderBook(
      Arena arena,
      Products products,
      Profiles profiles,
      Share own,
      long span,
      Tally orders,
      Tally bytes) {
    this.products = products;
    this.own = own;
    this.profiles = profiles;
    this.segments = new Segments(arena, span, bytes);
    this.index = new KeyTable(arena, 16, orders);
  }

  long touch(long hi, long lo) {
    return index.touch(hi, lo);
  }

  /** The standing placement's address, or 0. */
  long placement(Key order) {
    return live(order, 0);
  }

  /** The address of what was cancelled, or 0. */
  long cancels(Key order) {
    return live(order, 8);
  }

  private long live(Key order, int payload) {
    long entry = index.find(order.hi, order.lo);
    long address = entry == KeyTable.ABSENT ? 0 : index.getLong(entry, payload);
    return address != 0 && time(address) >= boundary ? address : 0;
  }

  void view(long placement, Order into) {
    ByteBuffer b = segments.buffer(placement);
    int at = Segments.offset(placement);
    long entry = index.find(b.getLong(at + Order.KEY), b.getLong(at + Order.KEY + 8));
    long cancels = entry == KeyTable.ABSENT ? 0 : index.getLong(entry, 8);
    into.view(segments, placement, cancels);
  }

  /** What orders placements of one time: event id, then source; as UTF-8, like code points. */
  private static byte[] tieBreak(Meta meta) {
    return (meta.id() + '\0' + meta.source()).getBytes(StandardCharsets.UTF_8);
  }

  /** Whether the placement comes before the event by (time, event id, source). */
  boolean standsAgainst(Order placement, long time, Meta meta) {
    byte[] id = tieBreak(meta);
    return placement.compareTo(time, ByteBuffer.wrap(id), 0, id.length) <= 0;
  }

  static int bytesOf(OrderPlaced e) {
    return Order.ID
        + (e.meta().id().length() + e.meta().source().length()) * 3
        + 12
        + e.lines().size() * Order.LINE;
  }

  static int bytesOfCancel(int lines) {
    return Cancelled.ENTRIES + lines * Cancelled.ENTRY + 8;
  }

  /**
   * Remembers a placement; there is none of that order. Cancellations of it live as long from now
   * on.
   *
   * @param view is pointed at it
   */
  void place(
      Key order, OrderPlaced e, Batch batch, long time, int profile, int currency, Order view) {
    byte[] id = tieBreak(e.meta());
    int kept = keepLines(e, batch);
    int idBytes = (id.length + 3) & ~3;
    long address = segments.append(time, Order.ID + idBytes + kept * Order.LINE);
    ByteBuffer b = segments.buffer(address);
    int at = Segments.offset(address);
    header(b, at, PLACEMENT, time, order);
    b.putLong(at + Order.BUYER, e.buyer().keyHi());
    b.putLong(at + Order.BUYER + 8, e.buyer().keyLo());
    b.putInt(at + Order.PROFILE, profile);
    profiles.retain(profile);
    b.putInt(at + Order.CURRENCY, currency);
    b.putInt(at + Order.LINES, kept);
    b.putInt(at + Order.ID_LENGTH, id.length);
    b.put(at + Order.ID, id);
    int to = at + Order.ID + idBytes;
    for (int i = 0; i < kept; i++, to += Order.LINE) {
      Line line = e.lines().get(keptLines[i]);
      products.retain(keptProducts[i]);
      b.putInt(to, keptProducts[i]);
      b.putInt(to + 4, (int) line.quantity());
      b.putInt(to + 8, (int) line.unitPrice());
    }
    long entry = settledEntry(order);
    index.putLong(entry, 0, address);
    long cancels = index.getLong(entry, 8);
    if (cancels != 0 && time(cancels) < time) {
      cancel(order, null, time);
      cancels = index.getLong(entry, 8);
    }
    view.view(segments, address, cancels);
  }

  /** The order's place in the index; what was cancelled of it, and is not remembered, is gone. */
  private long settledEntry(Key order) {
    long entry = entry(order);
    long raw = index.getLong(entry, 8);
    if (raw != 0 && time(raw) < boundary) {
      bury(raw);
      return entry(order);
    }
    return entry;
  }

  /** Lines of own products, grouped by product and otherwise as they stand; returns how many. */
  private int keepLines(OrderPlaced e, Batch batch) {
    List<Line> lines = e.lines();
    if (lines.size() > keptLines.length) {
      keptLines = new int[lines.size() * 2];
      keptProducts = new int[lines.size() * 2];
    }
    int n = 0;
    boolean sorted = true;
    for (int i = 0; i < lines.size(); i++) {
      String name = lines.get(i).productId();
      if (own.owns(name)) {
        int product = batch.product(e, i, name);
        sorted &= n == 0 || keptProducts[n - 1] <= product;
        keptProducts[n] = product;
        keptLines[n++] = i;
      }
    }
    if (!sorted) {
      group(n);
    }
    return n;
  }

  private void group(int n) {
    long[] byProduct = new long[n];
    for (int i = 0; i < n; i++) {
      byProduct[i] = (long) keptProducts[i] << 32 | keptLines[i];
    }
    Arrays.sort(byProduct);
    for (int i = 0; i < n; i++) {
      keptProducts[i] = (int) (byProduct[i] >>> 32);
      keptLines[i] = (int) byProduct[i];
    }
  }

  /** Takes the placement back: another one of the same order stands. */
  void withdraw(long placement) {
    bury(placement);
  }

  /**
   * Adds to what was cancelled of an order.
   *
   * @param lines null: nothing is added
   * @param keepUntil remembered at least as long as an order of that time
   */
  void cancel(Key order, @Nullable List<Line> lines, long keepUntil) {
    cancel(order, false, lines == null ? List.of() : lines, keepUntil);
  }

  void cancelWhole(Key order, long keepUntil) {
    cancel(order, true, List.of(), keepUntil);
  }

  private void cancel(Key order, boolean whole, List<Line> lines, long keepUntil) {
    long old = cancels(order);
    SortedMap<Integer, Long> sums = new TreeMap<>();
    boolean all = whole;
    long until = keepUntil;
    if (old != 0) {
      Cancelled before = new Cancelled();
      before.view(segments, old);
      all |= before.isWhole();
      until = Math.max(until, time(old));
      for (int i = 0; i < before.products(); i++) {
        sums.put(before.product(i), before.quantity(i));
      }
    }
    for (Line line : lines) {
      if (own.owns(line.productId())) {
        sums.merge(products.of(line.productId()), line.quantity(), OrderBook::saturated);
      }
    }
    write(order, all, sums, until);
  }

  private static long saturated(long a, long b) {
    return Math.min(a + b, Long.MAX_VALUE / 4);
  }

  private void write(Key order, boolean whole, SortedMap<Integer, Long> sums, long until) {
    long address = segments.append(until, bytesOfCancel(Math.min(sums.size(), MOST_CANCELLED)));
    ByteBuffer b = segments.buffer(address);
    int at = Segments.offset(address);
    header(b, at, CANCELS, until, order);
    b.putInt(at + Cancelled.WHOLE, whole ? 1 : 0);
    b.putInt(at + Cancelled.PRODUCTS, sums.size());
    int to = at + Cancelled.ENTRIES;
    for (var sum : sums.entrySet()) {
      products.retain(sum.getKey());
      b.putInt(to, sum.getKey());
      b.putLong(to + 4, sum.getValue());
      to += Cancelled.ENTRY;
    }
    long entry = entry(order);
    long old = index.getLong(entry, 8);
    index.putLong(entry, 8, address);
    if (old != 0) {
      bury(old);
    }
  }

  private static void header(ByteBuffer b, int at, int kind, long time, Key order) {
    b.putInt(at + Order.KIND, kind);
    b.putLong(at + Order.TIME, time);
    b.putLong(at + Order.KEY, order.hi);
    b.putLong(at + Order.KEY + 8, order.lo);
  }

  private long entry(Key order) {
    long entry = index.find(order.hi, order.lo);
    return entry == KeyTable.ABSENT ? index.insert(order.hi, order.lo) : entry;
  }

  private long time(long address) {
    return segments.buffer(address).getLong(Segments.offset(address) + Order.TIME);
  }

  /** Orders and cancellations before that time are not remembered any more. */
  void forgetBefore(long time) {
    if (time > boundary) {
      boundary = time;
      segments.forgetBefore(time, this::bury);
    }
  }

  /** Lets go of what a blob holds and of its place in the index. */
  private void bury(long address) {
    ByteBuffer b = segments.buffer(address);
    int at = Segments.offset(address);
    int kind = b.getInt(at + Order.KIND);
    if (kind == DEAD) {
      return;
    }
    b.putInt(at + Order.KIND, DEAD);
    forEachProduct(b, at, kind, products::release);
    if (kind == PLACEMENT) {
      profiles.release(b.getInt(at + Order.PROFILE));
    }
    long entry = index.find(b.getLong(at + Order.KEY), b.getLong(at + Order.KEY + 8));
    if (entry == KeyTable.ABSENT) {
      return;
    }
    int payload = kind == PLACEMENT ? 0 : 8;
    if (index.getLong(entry, payload) == address) {
      index.putLong(entry, payload, 0);
    }
    if ((index.getLong(entry, 0) | index.getLong(entry, 8)) == 0) {
      index.remove(entry);
    }
  }

  private static void forEachProduct(ByteBuffer b, int at, int kind, IntConsumer action) {
    boolean placement = kind == PLACEMENT;
    int n = b.getInt(at + (placement ? Order.LINES : Cancelled.PRODUCTS));
    int from =
        placement ? Order.ID + ((b.getInt(at + Order.ID_LENGTH) + 3) & ~3) : Cancelled.ENTRIES;
    for (int i = 0; i < n; i++) {
      action.accept(b.getInt(at + from + i * Order.LINE));
    }
  }

  /** The standing placements with a line of such a product. */
  void forEachPlacementOf(IntPredicate products, LongConsumer action) {
    segments.forEach(
        address -> {
          ByteBuffer b = segments.buffer(address);
          int at = Segments.offset(address);
          if (b.getInt(at + Order.KIND) == PLACEMENT
              && time(address) >= boundary
              && hasLineOf(b, at, products)) {
            action.accept(address);
          }
        });
  }

  private static boolean hasLineOf(ByteBuffer b, int at, IntPredicate products) {
    int from = at + Order.ID + ((b.getInt(at + Order.ID_LENGTH) + 3) & ~3);
    int end = from + b.getInt(at + Order.LINES) * Order.LINE;
    for (int line = from; line < end; line += Order.LINE) {
      if (products.test(b.getInt(line))) {
        return true;
      }
    }
    return false;
  }

  void forEachPlacement(LongConsumer action) {
    segments.forEach(
        address -> {
          if (kind(address) == PLACEMENT && time(address) >= boundary) {
            action.accept(address);
          }
        });
  }

  private int kind(long address) {
    return segments.buffer(address).getInt(Segments.offset(address) + Order.KIND);
  }

  void save(SnapshotOutput out) throws IOException {
    segments.forEach(
        address -> {
          ByteBuffer b = segments.buffer(address);
          int at = Segments.offset(address);
          if (b.getInt(at + Order.KIND) != DEAD && b.getLong(at + Order.TIME) >= boundary) {
            int size = b.getInt(at);
            out.writeInt(size);
            out.writeLong(b.getLong(at + Order.TIME));
            out.write(b, at, size);
          }
        });
    out.writeInt(-1);
  }

  /**
   * @param now the new int of each saved profile
   * @param currencies the new int of each saved currency
   */
  void restore(DataInputStream in, int[] now, int[] currencies) throws IOException {
    Key order = new Key();
    for (int size = in.readInt(); size >= 0; size = in.readInt()) {
      long address = segments.append(in.readLong(), size);
      ByteBuffer b = segments.buffer(address);
      int at = Segments.offset(address);
      b.put(at, in.readNBytes(size));
      int kind = b.getInt(at + Order.KIND);
      if (kind == PLACEMENT) {
        int profile = now[b.getInt(at + Order.PROFILE)];
        b.putInt(at + Order.PROFILE, profile);
        profiles.retain(profile);
        int currency = b.getInt(at + Order.CURRENCY);
        b.putInt(at + Order.CURRENCY, currency < 0 ? currency : currencies[currency]);
      }
      forEachProduct(b, at, kind, products::retain);
      order.hi = b.getLong(at + Order.KEY);
      order.lo = b.getLong(at + Order.KEY + 8);
      index.putLong(entry(order), kind == PLACEMENT ? 0 : 8, address);
    }
  }
}
