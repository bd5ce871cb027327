package io.podium.ranking.core;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Growable fixed-size records outside the heap, by id; ids are reused. Growing copies nothing. */
final class Records {
  private static final int SHIFT = 9;
  private static final int MASK = (1 << SHIFT) - 1;

  private final Arena arena;
  private final int stride;
  private ByteBuffer[] chunks = new ByteBuffer[4];
  private int chunkCount;
  private int end;
  private final IntList free = new IntList();

  Records(Arena arena, int stride, int firstId) {
    this.arena = arena;
    this.stride = stride;
    this.end = firstId;
  }

  /** A zeroed record. */
  int allocate() {
    if (free.size() > 0) {
      int id = free.removeLast();
      ByteBuffer b = chunk(id);
      int at = at(id);
      for (int k = 0; k < stride; k += 8) {
        b.putLong(at + k, 0);
      }
      return id;
    }
    ensure(end);
    return end++;
  }

  void release(int id) {
    free.add(id);
  }

  /** For records that are named from outside: makes the id usable. */
  void ensure(int id) {
    while (id >> SHIFT >= chunkCount) {
      if (chunkCount == chunks.length) {
        chunks = Arrays.copyOf(chunks, chunkCount * 2);
      }
      chunks[chunkCount++] = arena.allocate(stride << SHIFT);
    }
    end = Math.max(end, id);
  }

  /** Above every id ever used. */
  int end() {
    return Math.min(end + 1, chunkCount << SHIFT);
  }

  ByteBuffer chunk(int id) {
    return chunks[id >> SHIFT];
  }

  int at(int id) {
    return (id & MASK) * stride;
  }

  int getInt(int id, int offset) {
    return chunks[id >> SHIFT].getInt((id & MASK) * stride + offset);
  }

  void putInt(int id, int offset, int value) {
    chunks[id >> SHIFT].putInt((id & MASK) * stride + offset, value);
  }

  long getLong(int id, int offset) {
    return chunks[id >> SHIFT].getLong((id & MASK) * stride + offset);
  }

  void putLong(int id, int offset, long value) {
    chunks[id >> SHIFT].putLong((id & MASK) * stride + offset, value);
  }
}
