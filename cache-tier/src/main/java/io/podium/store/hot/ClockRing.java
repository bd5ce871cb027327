package io.podium.store.hot;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which entry goes when the tier is full: the CLOCK approximation of least-recently-used, with a
 * small count instead of one bit (GCLOCK; A. J. Smith, "Sequentiality and Prefetching in Database
 * Systems", ACM TODS 1978). Every entry has a slot; a use raises its count up to three; the hand
 * goes round, lowers counts, and takes the first entry that it finds at zero.
 *
 * <p>22 bytes an entry in fixed arrays: neither heap nor cost of a use grow with what is held. A
 * policy of keys on the heap would cost some hundred bytes an entry.
 *
 * <p>{@link #used} is safe from any thread: a lost count is harmless. The rest belongs to one
 * writer.
 */
final class ClockRing {
  private static final int KEY = 16;
  private static final byte MOST = 3;

  private final byte[] keys;
  private final byte[] counts;
  private final boolean[] taken;
  private final int[] free;
  private int freeSlots;
  private int hand;

  ClockRing(int capacity) {
    keys = new byte[Math.multiplyExact(capacity, KEY)];
    counts = new byte[capacity];
    taken = new boolean[capacity];
    free = new int[capacity];
    for (int i = 0; i < capacity; i++) {
      free[i] = capacity - 1 - i;
    }
    freeSlots = capacity;
  }

  void used(int slot) {
    if (slot < 0 || slot >= counts.length) {
      // From a damaged value.
      return;
    }
    byte count = counts[slot];
    if (count < MOST) {
      counts[slot] = (byte) (count + 1);
    }
  }

  /** A free slot for the key, or -1 when all are taken: then evict first. */
  int take(byte[] key) {
    if (freeSlots == 0) {
      return -1;
    }
    int slot = free[--freeSlots];
    occupy(slot, key);
    return slot;
  }

  /** Puts a key from an earlier run at its slot again; false when the slot is not to be had. */
  boolean restore(int slot, byte[] key) {
    if (slot < 0 || slot >= taken.length || taken[slot]) {
      return false;
    }
    occupy(slot, key);
    return true;
  }

  /** Call once after the last {@link #restore}. */
  void restored() {
    freeSlots = 0;
    for (int slot = taken.length - 1; slot >= 0; slot--) {
      if (!taken[slot]) {
        free[freeSlots++] = slot;
      }
    }
  }

  private void occupy(int slot, byte[] key) {
    System.arraycopy(key, 0, keys, slot * KEY, KEY);
    taken[slot] = true;
    counts[slot] = 1;
  }

  void release(int slot) {
    if (slot >= 0 && slot < taken.length && taken[slot]) {
      taken[slot] = false;
      free[freeSlots++] = slot;
    }
  }

  /** The key to evict; its slot stays taken until {@link #release}. Null when nothing is held. */
  byte @Nullable [] victim() {
    int slots = taken.length;
    // Four rounds bring every count to zero, whatever readers add meanwhile.
    for (long step = 0; step < (MOST + 1L) * slots; step++) {
      int slot = hand;
      hand = hand + 1 == slots ? 0 : hand + 1;
      if (taken[slot]) {
        if (counts[slot] == 0 || step >= (long) MOST * slots) {
          return Arrays.copyOfRange(keys, slot * KEY, slot * KEY + KEY);
        }
        counts[slot]--;
      }
    }
    return null;
  }
}
