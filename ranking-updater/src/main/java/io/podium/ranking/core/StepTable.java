package io.podium.ranking.core;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one step: series -> amount, outside the heap, open addressing. Amounts take 4
 * bytes until one needs 8 or 16. Counters stay, at 0 if need be, until the step is cleared.
 */
final class StepTable {
  private static final int KEY = 4;

  private final Arena arena;
  private @Nullable ByteBuffer slots;
  private int capacity;
  private int size;
  private int width = 4;

  StepTable(Arena arena) {
    this.arena = arena;
  }

  /** Returns whether the counter is new. */
  boolean add(int series, long hi, long lo) {
    ByteBuffer b = slots;
    if (b == null || size >= capacity - capacity / 5) {
      b = resize(Math.max(4, size + size / 2), width);
    }
    int stride = KEY + width;
    for (int i = home(series, capacity); ; i = i + 1 == capacity ? 0 : i + 1) {
      int at = i * stride;
      int key = b.getInt(at);
      if (key == series + 1) {
        addAt(b, i, hi, lo);
        return false;
      }
      if (key == 0) {
        b.putInt(at, series + 1);
        size++;
        addAt(b, i, hi, lo);
        return true;
      }
    }
  }

  private void addAt(ByteBuffer b, int slot, long hi, long lo) {
    int at = slot * (KEY + width) + KEY;
    if (width == 4) {
      long sum = b.getInt(at) + lo;
      if (hi == lo >> 63 && (int) lo == lo && (int) sum == sum) {
        b.putInt(at, (int) sum);
        return;
      }
    } else if (width == 8) {
      long old = b.getLong(at);
      long sum = old + lo;
      if (hi == lo >> 63 && ((old ^ sum) & (lo ^ sum)) >= 0) {
        b.putLong(at, sum);
        return;
      }
    } else {
      addWide(b, at, hi, lo);
      return;
    }
    int series = series(slot);
    resize(size, width * 2);
    add(series, hi, lo);
  }

  private static void addWide(ByteBuffer b, int at, long hi, long lo) {
    long sum = b.getLong(at) + lo;
    long carry = Long.compareUnsigned(sum, lo) < 0 ? 1 : 0;
    b.putLong(at, sum);
    b.putLong(at + 8, b.getLong(at + 8) + hi + carry);
  }

  /** Makes room for that many counters. */
  void reserve(int counters) {
    if (slots == null && counters > 0) {
      resize(counters, width);
    }
  }

  /** Adds every amount, times a weight of at most 2^40, to the column of its series. */
  void addTo(Column column, long weight) {
    ByteBuffer b = slots;
    if (b == null) {
      return;
    }
    int stride = KEY + width;
    int end = capacity * stride;
    if (width == 4) {
      ByteBuffer numbers = column.numbers();
      for (int at = 0; at < end; at += stride) {
        // A free slot adds 0 to nobody's number: cheaper than to ask.
        long n = b.getInt(at + KEY);
        int to = Column.position(b.getInt(at) - 1);
        Column.add(numbers, to, Math.multiplyHigh(n, weight), n * weight);
      }
      return;
    }
    Wide scratch = new Wide();
    for (int i = next(0); i >= 0; i = next(i + 1)) {
      scratch.set(hi(i), lo(i));
      scratch.multiply(weight);
      column.add(series(i), scratch.hi, scratch.lo);
    }
  }

  /** No more is expected to come: gives up spare room. */
  void trim() {
    if (slots != null && size > 0) {
      resize(size, width);
    }
  }

  int size() {
    return size;
  }

  /** The first taken slot at or after {@code slot}, or -1. */
  int next(int slot) {
    ByteBuffer b = slots;
    if (b == null) {
      return -1;
    }
    int stride = KEY + width;
    for (int i = slot; i < capacity; i++) {
      if (b.getInt(i * stride) != 0) {
        return i;
      }
    }
    return -1;
  }

  int series(int slot) {
    return buffer().getInt(slot * (KEY + width)) - 1;
  }

  long lo(int slot) {
    int at = slot * (KEY + width) + KEY;
    return width == 4 ? buffer().getInt(at) : buffer().getLong(at);
  }

  long hi(int slot) {
    int at = slot * (KEY + width) + KEY;
    return width == 16 ? buffer().getLong(at + 8) : lo(slot) >> 63;
  }

  void clear() {
    if (slots != null) {
      arena.free(slots);
    }
    slots = null;
    capacity = 0;
    size = 0;
    width = 4;
  }

  /** Makes room for that many counters at a load of 4/5. */
  private ByteBuffer resize(int counters, int newWidth) {
    StepTable old = new StepTable(arena);
    old.slots = slots;
    old.capacity = capacity;
    old.width = width;
    int stride = KEY + newWidth;
    ByteBuffer grown = arena.allocate((counters + counters / 4 + 2) * stride);
    slots = grown;
    capacity = grown.capacity() / stride;
    width = newWidth;
    size = 0;
    for (int i = old.next(0); i >= 0; i = old.next(i + 1)) {
      copy(old.series(i), old.hi(i), old.lo(i));
    }
    old.clear();
    return grown;
  }

  private void copy(int series, long hi, long lo) {
    ByteBuffer b = buffer();
    int stride = KEY + width;
    int i = home(series, capacity);
    while (b.getInt(i * stride) != 0) {
      i = i + 1 == capacity ? 0 : i + 1;
    }
    int at = i * stride;
    b.putInt(at, series + 1);
    if (width == 4) {
      b.putInt(at + KEY, (int) lo);
    } else {
      b.putLong(at + KEY, lo);
    }
    if (width == 16) {
      b.putLong(at + KEY + 8, hi);
    }
    size++;
  }

  private ByteBuffer buffer() {
    if (slots == null) {
      throw new IllegalStateException("empty step");
    }
    return slots;
  }

  private static int home(int series, int capacity) {
    return (int) (((series * 0x9E3779B1L & 0xffffffffL) * capacity) >>> 32);
  }
}
