package io.podium.ranking.core;

import java.nio.ByteBuffer;

/** A 128-bit integer for each series, outside the heap. */
final class Column {
  private final Records records;

  Column(Arena arena) {
    this.records = new Records(arena, 16, 0);
  }

  void ensure(int series) {
    records.ensure(series);
  }

  void add(int series, long hi, long lo) {
    ByteBuffer b = records.chunk(series);
    int at = records.at(series);
    long sum = b.getLong(at) + lo;
    b.putLong(at, sum);
    b.putLong(at + 8, b.getLong(at + 8) + hi + (Long.compareUnsigned(sum, lo) < 0 ? 1 : 0));
  }

  long hi(int series) {
    return records.getLong(series, 8);
  }

  long lo(int series) {
    return records.getLong(series, 0);
  }

  void clear(int series) {
    records.putLong(series, 0, 0);
    records.putLong(series, 8, 0);
  }
}
