package io.podium.store.hot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;

/**
 * Which entry goes when the tier is full: the CLOCK approximation of least-recently-used, with a
 * small count instead of one bit (GCLOCK; A. J. Smith, "Sequentiality and Prefetching in Database
 * Systems", ACM TODS 1978). Every entry has a slot; a use raises its count up to three; the hand
 * goes round, lowers counts, and takes the first entry that it finds at zero.
 *
 * <p>22 bytes an entry, outside the heap: neither heap nor cost of a use grow with what is held. A
 * policy of keys on the heap would cost some hundred bytes an entry.
 *
 * <p>{@link #used} is safe from any thread: a lost count is harmless. The rest belongs to one
 * writer.
 */
final class ClockRing {
  private static final int KEY = 16;
  private static final byte MOST = 3;
  private static final byte TAKEN = 1;
  private static final byte PINNED = 2;

  private final ByteBuffer keys;
  private final ByteBuffer counts;
  private final ByteBuffer taken;
  private final IntBuffer free;
  private final int slots;
  private int freeSlots;
  private int hand;

  ClockRing(int capacity) {
    slots = capacity;
    keys = ByteBuffer.allocateDirect(Math.multiplyExact(capacity, KEY));
    counts = ByteBuffer.allocateDirect(capacity);
    taken = ByteBuffer.allocateDirect(capacity);
    free =
        ByteBuffer.allocateDirect(Math.multiplyExact(capacity, Integer.BYTES))
            .order(ByteOrder.nativeOrder())
            .asIntBuffer();
  }

  void used(int slot) {
    if (slot < 0 || slot >= slots) {
      // From a damaged value.
      return;
    }
    byte count = counts.get(slot);
    if (count < MOST) {
      counts.put(slot, (byte) (count + 1));
    }
  }

  /** A free slot for the key, or -1 when all are taken: then evict first. */
  int take(byte[] key) {
    if (freeSlots == 0) {
      return -1;
    }
    int slot = free.get(--freeSlots);
    occupy(slot, key);
    return slot;
  }

  /** What has a slot that is pinned is never the victim. */
  void pin(int slot, boolean pinned) {
    taken.put(slot, pinned ? PINNED : TAKEN);
  }

  /**
   * Puts a key from an earlier run at its slot again, once or more often; false when the slot is
   * not to be had.
   */
  boolean restore(int slot, byte[] key) {
    if (slot < 0 || slot >= slots || (isTaken(slot) && !isAt(slot, key))) {
      return false;
    }
    occupy(slot, key);
    return true;
  }

  /**
   * Call once after the last {@link #restore}, before the first {@link #take}. Who is used is not
   * known again yet, and the first slots have what was wanted first: the hand begins anywhere.
   */
  void restored() {
    hand = ThreadLocalRandom.current().nextInt(slots);
    freeSlots = 0; // those that were released before are found again
    for (int slot = slots - 1; slot >= 0; slot--) {
      if (!isTaken(slot)) {
        free.put(freeSlots++, slot);
      }
    }
  }

  private void occupy(int slot, byte[] key) {
    keys.put(slot * KEY, key, 0, KEY);
    taken.put(slot, TAKEN);
    counts.put(slot, (byte) 0); // the hand is just past it, and has to come round once
  }

  private boolean isTaken(int slot) {
    return taken.get(slot) != 0;
  }

  void release(int slot) {
    if (slot >= 0 && slot < slots && isTaken(slot)) {
      taken.put(slot, (byte) 0);
      free.put(freeSlots++, slot);
    }
  }

  /** Whether the slot is this key's. */
  boolean isAt(int slot, byte[] key) {
    return slot >= 0 && slot < slots && isTaken(slot) && Arrays.equals(key(slot), key);
  }

  byte[] key(int slot) {
    byte[] key = new byte[KEY];
    keys.get(slot * KEY, key);
    return key;
  }

  /**
   * The slot of the key to evict; it stays taken until {@link #release}. Below 0 when none of these
   * is held, pinned ones apart.
   */
  int victim(IntPredicate which) {
    // Four rounds bring every count to zero, whatever readers add meanwhile.
    for (long step = 0; step < (MOST + 1L) * slots; step++) {
      int slot = hand;
      hand = hand + 1 == slots ? 0 : hand + 1;
      if (taken.get(slot) == TAKEN && which.test(slot)) {
        byte count = counts.get(slot);
        if (count == 0 || step >= (long) MOST * slots) {
          return slot;
        }
        counts.put(slot, (byte) (count - 1));
      }
    }
    return -1;
  }
}
