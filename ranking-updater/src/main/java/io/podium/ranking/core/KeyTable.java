package io.podium.ranking.core;

import java.nio.ByteBuffer;
import java.util.function.LongPredicate;

/**
 * 128-bit keys with a fixed payload each, outside the heap: open addressing with linear probing and
 * backward-shift deletion, split into shards by the key so that growing one is a short pause.
 * Entries are named by handles, valid until the next insertion or removal.
 */
final class KeyTable {
  static final long ABSENT = -1;
  private static final int SHARD_BITS = 7;
  private static final int KEY = 16;

  private final Arena arena;
  private final int stride;
  private final ByteBuffer[] shards = new ByteBuffer[1 << SHARD_BITS];
  private final int[] slots = new int[1 << SHARD_BITS];
  private final int[] sizes = new int[1 << SHARD_BITS];
  private final Tally tally;

  KeyTable(Arena arena, int payloadBytes, Tally tally) {
    this.arena = arena;
    this.stride = KEY + payloadBytes;
    this.tally = tally;
  }

  long find(long hi, long lo) {
    int shard = shard(hi);
    int n = slots[shard];
    if (n == 0) {
      return ABSENT;
    }
    ByteBuffer b = shards[shard];
    for (int i = home(lo, n); ; i = i + 1 == n ? 0 : i + 1) {
      long low = b.getLong(i * stride + 8);
      if (low == lo && b.getLong(i * stride) == hi) {
        return handle(shard, i);
      }
      if (low == 0) {
        return ABSENT;
      }
    }
  }

  /** Reads where the key belongs, so that it is in the processor's cache soon. */
  long touch(long hi, long lo) {
    int shard = shard(hi);
    int n = slots[shard];
    return n == 0 ? 0 : shards[shard].getLong(home(lo, n) * stride + 8);
  }

  /** The key must be absent. The payload is zero. */
  long insert(long hi, long lo) {
    int shard = shard(hi);
    if (sizes[shard] >= (int) (slots[shard] * load(shard))) {
      resize(shard, sizes[shard] + 1);
    }
    sizes[shard]++;
    tally.used++;
    return handle(shard, place(shards[shard], slots[shard], hi, lo));
  }

  void remove(long handle) {
    int shard = (int) (handle >>> 32);
    ByteBuffer b = shards[shard];
    int n = slots[shard];
    int hole = (int) handle;
    for (int j = hole; ; ) {
      j = j + 1 == n ? 0 : j + 1;
      long low = b.getLong(j * stride + 8);
      if (low == 0) {
        break;
      }
      int home = home(low, n);
      boolean stays = hole <= j ? hole < home && home <= j : hole < home || home <= j;
      if (!stays) {
        copy(b, j, b, hole);
        hole = j;
      }
    }
    for (int k = 0; k < stride; k += 8) {
      b.putLong(hole * stride + k, 0);
    }
    sizes[shard]--;
    tally.used--;
  }

  /** Drops the entries that do not pass; the predicate sees handles. */
  void retain(LongPredicate keep) {
    for (int shard = 0; shard < shards.length; shard++) {
      // Deleting shifts later entries back into the hole: look at the same slot again.
      for (int i = 0; i < slots[shard]; ) {
        boolean taken = shards[shard].getLong(i * stride + 8) != 0;
        if (taken && !keep.test(handle(shard, i))) {
          remove(handle(shard, i));
        } else {
          i++;
        }
      }
    }
  }

  /** The first entry at or after a handle, or {@link #ABSENT}. */
  long next(long handle) {
    int slot = (int) handle;
    for (int shard = (int) (handle >>> 32); shard < shards.length; shard++) {
      for (; slot < slots[shard]; slot++) {
        if (shards[shard].getLong(slot * stride + 8) != 0) {
          return handle(shard, slot);
        }
      }
      slot = 0;
    }
    return ABSENT;
  }

  long keyHi(long handle) {
    return shards[(int) (handle >>> 32)].getLong((int) handle * stride);
  }

  long keyLo(long handle) {
    return shards[(int) (handle >>> 32)].getLong((int) handle * stride + 8);
  }

  long getLong(long handle, int offset) {
    return shards[(int) (handle >>> 32)].getLong((int) handle * stride + KEY + offset);
  }

  void putLong(long handle, int offset, long value) {
    shards[(int) (handle >>> 32)].putLong((int) handle * stride + KEY + offset, value);
  }

  private void resize(int shard, int atLeast) {
    ByteBuffer old = shards[shard];
    int oldSlots = slots[shard];
    ByteBuffer grown =
        arena.allocate(((int) ((4 + atLeast + atLeast * 3L / 10) / load(shard)) + 1) * stride);
    int n = grown.capacity() / stride;
    for (int i = 0; i < oldSlots; i++) {
      long lo = old.getLong(i * stride + 8);
      if (lo != 0) {
        int to = place(grown, n, old.getLong(i * stride), lo);
        copy(old, i, grown, to);
      }
    }
    shards[shard] = grown;
    slots[shard] = n;
    if (old != null) {
      arena.free(old);
    }
  }

  private double load(int shard) {
    return IdTable.load(shard, shards.length);
  }

  private int place(ByteBuffer b, int n, long hi, long lo) {
    int i = home(lo, n);
    while (b.getLong(i * stride + 8) != 0) {
      i = i + 1 == n ? 0 : i + 1;
    }
    b.putLong(i * stride, hi);
    b.putLong(i * stride + 8, lo);
    return i;
  }

  private void copy(ByteBuffer from, int i, ByteBuffer to, int j) {
    for (int k = 0; k < stride; k += 8) {
      to.putLong(j * stride + k, from.getLong(i * stride + k));
    }
  }

  private static int shard(long hi) {
    return (int) (hi >>> (64 - SHARD_BITS));
  }

  private static int home(long lo, int n) {
    return (int) (((lo >>> 32) * n) >>> 32);
  }

  private static long handle(int shard, int slot) {
    return (long) shard << 32 | slot;
  }
}
