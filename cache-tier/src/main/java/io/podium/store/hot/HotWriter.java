package io.podium.store.hot;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.MapSegmentContext;
import net.openhft.chronicle.map.VanillaChronicleMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes the map, and makes room in it: what is used least goes. Belongs to the one writer, apart
 * from {@link #used} and the counts.
 */
final class HotWriter {
  private static final int MOST_EVICTIONS_FOR_ONE = 256;
  private static final int NO_SLOT = -1;

  private final ChronicleMap<byte[], byte[]> map;
  private final RedoLog redo;
  private final ClockRing ring;
  private final Room room;
  private final HotReader reader;
  private final LongAdder evicted = new LongAdder();
  private final LongAdder refused = new LongAdder();

  HotWriter(VanillaChronicleMap<byte[], byte[], ?> map, RedoLog redo, int entries) {
    this.map = map;
    this.redo = redo;
    this.ring = new ClockRing(entries);
    this.room = new Room(map.segments(), map.chunkSize);
    this.reader = new HotReader(map);
  }

  /** A value of this slot was used. Safe from any thread. */
  void used(int slot) {
    ring.used(slot);
  }

  /** Values that made room for others. */
  long evicted() {
    return evicted.sum();
  }

  /** Values that found none. */
  long refused() {
    return refused.sum();
  }

  /**
   * Checks a part of what an earlier run left, removes what is damaged, and learns who has which
   * slot.
   *
   * @return how many were removed
   */
  int restore(int segment) {
    int[] removed = new int[1];
    try (MapSegmentContext<byte[], byte[], ?> context = map.segmentContext(segment)) {
      context.forEachSegmentEntry(
          entry -> {
            byte[] stored = entry.value().get();
            int slot = HotValue.isWhole(stored) ? HotValue.slot(stored) : NO_SLOT;
            if (ring.restore(slot, entry.key().get())) {
              ring.pin(slot, HotValue.isPinned(stored));
            } else {
              entry.doRemove();
              removed[0]++;
            }
          });
    }
    return removed[0];
  }

  /** The map is not what it says: the next one to open it recovers it. */
  void doubt() {
    redo.recovering(true);
  }

  /** After the last segment; only then {@link #put} may be called. */
  void restored() {
    ring.restored();
  }

  /**
   * Puts a newer value in the place of one that is there, and no shorter: it needs no slot or room
   * of its own.
   *
   * @return false when none is there
   */
  boolean replace(byte[] key, byte[] stored) {
    byte[] old = map.get(key);
    // A longer one may find no room, and what makes some is not known yet.
    if (old == null || old.length < stored.length || !HotValue.isWhole(old)) {
      return false;
    }
    int slot = HotValue.slot(old);
    return log(key, slot, stored, () -> HotMap.put(map, key, stored));
  }

  /**
   * @param stored null for one that is too large to be held
   * @return false when it is not held; an older value is gone then
   */
  boolean put(byte[] key, byte @Nullable [] stored) {
    boolean isStored = stored != null && make(key, stored);
    if (!isStored) {
      refused.increment();
      remove(key);
    }
    return isStored;
  }

  private boolean make(byte[] key, byte[] stored) {
    boolean isThere = find(key);
    int known = isThere ? reader.integer(0) : NO_SLOT;
    long old = isThere ? room.of(reader.length()) : 0;
    if (ring.isAt(known, key)) {
      ring.used(known);
      return log(key, known, stored, () -> store(key, known, stored, old));
    }
    int slot = takeSlot(key);
    return slot != NO_SLOT && log(key, slot, stored, () -> store(key, slot, stored, old));
  }

  /** Whatever becomes of the attempt, a value that is half put does not stay. */
  private boolean log(byte[] key, int slot, byte[] stored, BooleanSupplier attempt) {
    redo.begin(key, HotValue.at(slot, stored));
    boolean isStored = false;
    try {
      isStored = attempt.getAsBoolean();
    } finally {
      settle(key, slot, HotValue.isPinned(stored), isStored);
    }
    return isStored;
  }

  private void settle(byte[] key, int slot, boolean pinned, boolean isStored) {
    try {
      boolean isOurs = ring.isAt(slot, key); // before all is restored, it may not be known yet
      if (!isStored) {
        drop(key, isOurs ? slot : NO_SLOT);
      } else if (isOurs) {
        ring.pin(slot, pinned);
      }
    } finally {
      redo.end();
    }
  }

  /**
   * Puts the value where there is room, or makes some: of a segment that was full once it is known
   * how much came free since, because an attempt in vain costs more than the value.
   *
   * @param old bytes that come free with it
   */
  private boolean store(byte[] key, int slot, byte[] stored, long old) {
    int segment = reader.segment(key);
    long needed = room.of(stored.length) - old;
    for (int left = MOST_EVICTIONS_FOR_ONE; left > 0; ) {
      while (!room.has(segment, needed)) {
        if (--left == 0 || !evict(other -> other != slot && isIn(segment, other))) {
          return false;
        }
      }
      if (HotMap.put(map, key, stored)) {
        room.taken(segment, needed);
        return true;
      }
      room.full(segment);
      room.freed(segment, room.of(stored.length) - needed);
      needed = room.of(stored.length);
    }
    return false;
  }

  private int takeSlot(byte[] key) {
    int slot = ring.take(key);
    return slot == NO_SLOT && evict(any -> true) ? ring.take(key) : slot;
  }

  /** False when none of these may go. */
  private boolean evict(IntPredicate which) {
    int victim = ring.victim(which);
    if (victim == NO_SLOT) {
      return false;
    }
    drop(ring.key(victim), victim);
    evicted.increment();
    return true;
  }

  private boolean isIn(int segment, int slot) {
    return reader.segment(ring.key(slot)) == segment;
  }

  void remove(byte[] key) {
    if (find(key)) {
      int slot = reader.integer(0);
      drop(key, ring.isAt(slot, key) ? slot : NO_SLOT);
    }
  }

  private void drop(byte[] key, int slot) {
    if (find(key)) {
      room.freed(reader.segment(key), room.of(reader.length()));
    }
    map.remove(key);
    ring.release(slot);
  }

  /** What is found stays until it is changed here. */
  private boolean find(byte[] key) {
    while (!reader.tryLock(key)) {
      Thread.onSpinWait(); // readers come and go
    }
    try {
      return reader.find(key) && reader.length() >= HotValue.HEAD;
    } finally {
      reader.unlock();
    }
  }
}
