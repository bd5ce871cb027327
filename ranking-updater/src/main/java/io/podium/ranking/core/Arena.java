package io.podium.ranking.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;

/**
 * Zeroed memory outside the heap in size classes (four between one power of two and the next).
 * Small blocks are cut from slabs; freed blocks are kept for the next of their class, up to a share
 * of what is in use, so that tables which come and go with the steps cost no allocation.
 */
final class Arena {
  private static final int LINE = 64;
  private static final int SMALLEST_SHIFT = 6;
  private static final int LARGEST_FROM_SLAB = 1 << 14;
  private static final int FIRST_SLAB = 1 << 16;
  private static final int LAST_SLAB = 1 << 20;
  private static final long FREE_AT_LEAST = 4L << 20;

  private final FreeList[] free = new FreeList[128];
  private ByteBuffer slab = ByteBuffer.allocate(0);
  private int nextSlab = FIRST_SLAB;
  private long used;
  private long kept;

  /** A block of at least that many bytes; its capacity may be larger, and is all usable. */
  ByteBuffer allocate(int bytes) {
    int kind = kind(bytes);
    int size = size(kind);
    used += size;
    ByteBuffer recycled = free[kind] == null ? null : free[kind].blocks.pollLast();
    if (recycled != null) {
      kept -= size;
      return clear(recycled);
    }
    if (size > LARGEST_FROM_SLAB) {
      return aligned(size).order(ByteOrder.nativeOrder());
    }
    return cut(size);
  }

  /** At the start of a cache line, so that records of half a line never touch two. */
  private static ByteBuffer aligned(int size) {
    return ByteBuffer.allocateDirect(size + LINE).alignedSlice(LINE).slice(0, size);
  }

  void free(ByteBuffer block) {
    int size = block.capacity();
    used -= size;
    // A dropped large block is given back when the garbage collector sees it.
    if (size <= LARGEST_FROM_SLAB || kept + size <= FREE_AT_LEAST + used / 32) {
      int kind = kind(size);
      if (free[kind] == null) {
        free[kind] = new FreeList();
      }
      free[kind].blocks.addLast(block);
      kept += size;
    }
  }

  /** Bytes in use and kept. */
  long bytes() {
    return used + kept + slab.remaining();
  }

  private ByteBuffer cut(int size) {
    if (slab.remaining() < size) {
      slab = aligned(nextSlab);
      nextSlab = Math.min(nextSlab * 2, LAST_SLAB);
    }
    ByteBuffer block = slab.slice(slab.position(), size).order(ByteOrder.nativeOrder());
    slab.position(slab.position() + size);
    return block;
  }

  private static ByteBuffer clear(ByteBuffer block) {
    for (int i = 0; i < block.capacity(); i += 8) {
      block.putLong(i, 0);
    }
    return block;
  }

  /** The first class that holds them: 4k + j is (4 + j) / 4 x 2^k of the smallest size. */
  private static int kind(int bytes) {
    if (bytes <= 1 << SMALLEST_SHIFT) {
      return 0;
    }
    int log = 31 - Integer.numberOfLeadingZeros(bytes - 1);
    int quarters = ((bytes - 1) >>> (log - 2)) - 3;
    return 4 * (log - SMALLEST_SHIFT) + quarters;
  }

  private static int size(int kind) {
    return (4 + kind % 4) << (SMALLEST_SHIFT - 2 + kind / 4);
  }

  private static final class FreeList {
    final ArrayDeque<ByteBuffer> blocks = new ArrayDeque<>();
  }
}
