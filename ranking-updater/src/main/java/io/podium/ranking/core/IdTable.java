package io.podium.ranking.core;

import io.podium.ranking.event.Key;
import java.nio.ByteBuffer;
import java.util.function.LongPredicate;

/**
 * 80-bit keys with 48 bits each, in 16 bytes outside the heap: four entries in a cache line, open
 * addressing with linear probing. Split into shards by the key; a shard that is full is made anew
 * without the entries that have expired, so that growing and clearing up are one short pause, and
 * there is no other; shards have theirs one after the other.
 *
 * <p>{@link #find} leaves its place open for {@link #put}: one look-up for both.
 */
final class IdTable {
  static final int PAYLOAD_BITS = 48;
  private static final long PAYLOAD = (1L << PAYLOAD_BITS) - 1;
  private static final int SHARD_BITS = 8;
  private static final int SHARDS = 1 << SHARD_BITS;
  private static final int STRIDE = 16;
  private static final int SMALLEST = 8;

  private final Arena arena;
  private final Tally tally;
  private final LongPredicate keeps;
  private final ByteBuffer[] shards = new ByteBuffer[SHARDS];
  private final int[] slots = new int[SHARDS];
  private final int[] sizes = new int[SHARDS];
  private int shard;
  private int at = -1;
  private boolean found;

  /**
   * @param keeps whether an entry with that payload has not expired
   */
  IdTable(Arena arena, Tally tally, LongPredicate keeps) {
    this.arena = arena;
    this.tally = tally;
    this.keeps = keeps;
  }

  /** Reads where the key belongs, so that it is in the processor's cache soon. */
  long touch(long hi) {
    int s = shard(hi);
    int n = slots[s];
    return n == 0 ? 0 : shards[s].getLong(home(hi, n) * STRIDE);
  }

  /** Whether there is an entry, expired or not; its place is kept for the next call. */
  boolean find(Key key) {
    return find(nonZero(key.hi), key.lo);
  }

  private boolean find(long hi, long lo) {
    shard = shard(hi);
    found = false;
    int n = slots[shard];
    if (n == 0) {
      at = -1;
      return false;
    }
    ByteBuffer b = shards[shard];
    int i = home(hi, n) * STRIDE;
    int end = n * STRIDE;
    for (; ; ) {
      long high = b.getLong(i);
      if (high == 0) {
        break;
      }
      if (high == hi && (b.getLong(i + 8) ^ lo) >>> PAYLOAD_BITS == 0) {
        found = true;
        break;
      }
      i += STRIDE;
      if (i == end) {
        i = 0;
      }
    }
    at = i;
    return found;
  }

  /** The payload of the entry that was just found. */
  long payload() {
    return shards[shard].getLong(at + 8) & PAYLOAD;
  }

  /** Sets the payload of the key that was just looked for, whether it was found or not. */
  void put(Key key, long payload) {
    put(nonZero(key.hi), key.lo, payload);
  }

  private void put(long hi, long lo, long payload) {
    if (!found) {
      if (at < 0 || sizes[shard] >= most(shard)) {
        remake(shard);
        find(hi, lo);
      }
      shards[shard].putLong(at, hi);
      sizes[shard]++;
      tally.used++;
      found = true;
    }
    shards[shard].putLong(at + 8, lo >>> PAYLOAD_BITS << PAYLOAD_BITS | payload);
  }

  /** Drops all that has expired. */
  void purge() {
    for (int s = 0; s < SHARDS; s++) {
      if (sizes[s] > 0) {
        remake(s);
      }
    }
    at = -1;
    found = false;
  }

  /** A shard without what has expired, with room for some more. */
  private void remake(int s) {
    ByteBuffer old = shards[s];
    int end = slots[s] * STRIDE;
    int live = 0;
    for (int i = 0; i < end; i += STRIDE) {
      live += old.getLong(i) != 0 && keeps.test(old.getLong(i + 8) & PAYLOAD) ? 1 : 0;
    }
    ByteBuffer fresh =
        arena.allocate(roomFor(s, SMALLEST + live + (int) (live * 3L / 10)) * STRIDE);
    int n = fresh.capacity() / STRIDE;
    for (int i = 0; i < end; i += STRIDE) {
      long hi = old.getLong(i);
      long rest = old.getLong(i + 8);
      if (hi != 0 && keeps.test(rest & PAYLOAD)) {
        int to = free(fresh, hi, n);
        fresh.putLong(to, hi);
        fresh.putLong(to + 8, rest);
      }
    }
    if (old != null) {
      arena.free(old);
    }
    tally.used += live - sizes[s];
    shards[s] = fresh;
    slots[s] = n;
    sizes[s] = live;
  }

  /** Entries that a shard holds. */
  private int most(int s) {
    return (int) (slots[s] * load(s, SHARDS));
  }

  private static int roomFor(int s, int entries) {
    return (int) (entries / load(s, SHARDS)) + 1;
  }

  /**
   * Share of its slots that a shard fills: seven tenths to eight, by shard. Keys fill all of them
   * alike; with one bound all would be made anew within one short time.
   */
  static double load(int shard, int shards) {
    return 0.8 - 0.1 * shard / shards;
  }

  private static int free(ByteBuffer b, long hi, int n) {
    int i = home(hi, n);
    while (b.getLong(i * STRIDE) != 0) {
      i = i + 1 == n ? 0 : i + 1;
    }
    return i * STRIDE;
  }

  /** Told the two longs of every entry. */
  interface Visitor<X extends Exception> {
    void entry(long hi, long rest) throws X;
  }

  <X extends Exception> void forEach(Visitor<X> visitor) throws X {
    for (int s = 0; s < SHARDS; s++) {
      for (int i = 0; i < slots[s] * STRIDE; i += STRIDE) {
        long hi = shards[s].getLong(i);
        if (hi != 0) {
          visitor.entry(hi, shards[s].getLong(i + 8));
        }
      }
    }
  }

  /** Puts back an entry as {@link #forEach} told it. */
  void restore(long hi, long rest) {
    find(hi, rest);
    put(hi, rest, rest & PAYLOAD);
  }

  private static long nonZero(long hi) {
    return hi == 0 ? 1 : hi;
  }

  private static int shard(long hi) {
    return (int) (hi >>> (64 - SHARD_BITS));
  }

  /** The first slot of a cache line, as a key that is not there is looked for until a free slot. */
  private static int home(long hi, int n) {
    return (int) (((hi & 0xffffffffL) * (n >> 2)) >>> 32) << 2;
  }
}
