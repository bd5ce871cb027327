package io.podium.ranking.core;

import java.nio.ByteBuffer;

/** A 128-bit integer for each series, outside the heap, in one piece: it is added to in passes. */
final class Column {
  private static final int STRIDE = 16;

  private final Arena arena;
  private ByteBuffer numbers;

  Column(Arena arena) {
    this.arena = arena;
    this.numbers = arena.allocate(STRIDE);
  }

  /** Makes room for a series. */
  void ensure(int series) {
    if (position(series) >= numbers.capacity()) {
      ByteBuffer old = numbers;
      numbers = arena.allocate(position(series) + position(series) / 4 + STRIDE);
      for (int i = 0; i < old.capacity(); i += 8) {
        numbers.putLong(i, old.getLong(i));
      }
      arena.free(old);
    }
  }

  /** The numbers of all series: 16 bytes each, low half first, from {@link #position} on. */
  ByteBuffer numbers() {
    return numbers;
  }

  /** Nobody's number stands first: what is no series can be added to it as well. */
  static int position(int series) {
    return (series + 1) * STRIDE;
  }

  void add(int series, long hi, long lo) {
    add(numbers, position(series), hi, lo);
  }

  static void add(ByteBuffer numbers, int at, long hi, long lo) {
    long sum = numbers.getLong(at) + lo;
    numbers.putLong(at, sum);
    long carry = Long.compareUnsigned(sum, lo) < 0 ? 1 : 0;
    numbers.putLong(at + 8, numbers.getLong(at + 8) + hi + carry);
  }

  long hi(int series) {
    return numbers.getLong(position(series) + 8);
  }

  long lo(int series) {
    return numbers.getLong(position(series));
  }

  void clear(int series) {
    numbers.putLong(position(series), 0);
    numbers.putLong(position(series) + 8, 0);
  }
}
