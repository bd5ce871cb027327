package io.podium.store.hot;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.MapSegmentContext;
import net.openhft.chronicle.map.VanillaChronicleMap;
import org.jspecify.annotations.Nullable;

/**
 * Bytes by key outside the heap, bounded and persisted, in a Chronicle Map that {@link HotMap}
 * opens. Keys are 16 bytes ({@link HotKey}); a value carries a kind, so that a restarted engine can
 * walk through what it held.
 *
 * <p>{@link #read} is for the event loop: it only tries the segment's lock, and copies. Everything
 * else may wait for a disk or a lock and must not run there. All calls are safe from any thread.
 */
public final class HotTier implements AutoCloseable {
  /** {@link #read}: the key is not there. */
  public static final int MISSING = -1;

  /** {@link #read}: a writer holds the segment; ask again off the loop, or the next tier. */
  public static final int BUSY = -2;

  /** {@link #read}: there was something, but not what had been written. */
  public static final int CORRUPT = -3;

  /** {@link #read}: {@code into} is too small for the value. */
  public static final int TOO_LARGE = -4;

  private static final int MOST_EVICTIONS_FOR_ONE = 256;
  private static final int NO_SLOT = -1;

  private final HotSettings settings;
  private final HotFile file;
  private final ChronicleMap<byte[], byte[]> map;
  private final RedoLog redo;
  private final ClockRing ring;
  private final Room room;
  private final ThreadLocal<HotReader> readers = ThreadLocal.withInitial(this::reader);
  private final Set<HotReader> allReaders = Collections.newSetFromMap(new WeakHashMap<>());
  private final ReentrantLock writing = new ReentrantLock();
  private final LongAdder evicted = new LongAdder();
  private final LongAdder busy = new LongAdder();
  private final LongAdder corrupt = new LongAdder();
  private final LongAdder refused = new LongAdder();
  // Until every value of an earlier run was checked, each read checks its own.
  private volatile boolean checked;
  private volatile boolean closed;
  private int segmentsChecked;
  private int removed;

  private HotTier(
      HotSettings settings, HotFile file, ChronicleMap<byte[], byte[]> map, RedoLog redo) {
    this.settings = settings;
    this.file = file;
    this.map = map;
    this.redo = redo;
    this.ring = new ClockRing(settings.entries());
    this.room = new Room(map.segments(), library(map).chunkSize);
  }

  /**
   * Opens the tier of an earlier run, or a fresh one. Values can be read at once.
   *
   * @throws UncheckedIOException when the folder cannot be written
   */
  public static HotTier open(HotSettings settings) {
    SystemCalls.defer();
    HotFile file = HotFile.claim(settings.dir());
    try {
      RedoLog redo = RedoLog.open(file.redo(), settings.largestBytes());
      return new HotTier(settings, file, HotMap.open(settings, file, redo), redo);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Loads what opening needs, with a map in memory: a third of a second that a start need not wait
   * for. Call it on another thread, before {@link #open}.
   */
  public static void prepare() {
    SystemCalls.defer();
    HotSettings small = new HotSettings(Path.of("."), 64, 64, 1024);
    try (ChronicleMap<byte[], byte[]> map = HotMap.inMemory(small)) {
      map.put(new byte[HotKey.BYTES], new byte[HotValue.HEAD]);
    }
  }

  private static VanillaChronicleMap<byte[], byte[], ?> library(ChronicleMap<byte[], byte[]> map) {
    return (VanillaChronicleMap<byte[], byte[], ?>) map;
  }

  private HotReader reader() {
    HotReader reader = new HotReader(library(map));
    synchronized (allReaders) {
      allReaders.add(reader);
    }
    return reader;
  }

  /**
   * Copies the value to the start of {@code into}. Never waits.
   *
   * @return its length, or {@link #MISSING}, {@link #BUSY}, {@link #CORRUPT}, {@link #TOO_LARGE}
   */
  public int read(byte[] key, byte[] into) {
    HotReader reader = readers.get();
    reader.enter();
    try {
      if (closed) {
        throw new IllegalStateException("the hot tier is closed");
      }
      return read(reader, key, into);
    } finally {
      reader.leave();
    }
  }

  private int read(HotReader reader, byte[] key, byte[] into) {
    if (!reader.tryLock(key)) {
      busy.increment();
      return BUSY;
    }
    try {
      return reader.find(key) ? copy(reader, into) : MISSING;
    } finally {
      reader.unlock();
    }
  }

  private int copy(HotReader reader, byte[] into) {
    int length = reader.length() - HotValue.HEAD;
    if (length < 0) {
      return CORRUPT;
    }
    if (length > into.length) {
      return TOO_LARGE;
    }
    reader.copy(HotValue.HEAD, into);
    int head = reader.integer(HotValue.CHECKED);
    if (!checked && !HotValue.isWhole(head, reader.integer(HotValue.SUM), into, length)) {
      corrupt.increment();
      return CORRUPT;
    }
    ring.used(reader.integer(0));
    return length;
  }

  /**
   * Tells that the value is in use although it is read elsewhere: then it is not what makes room
   * for others. Never waits; while a writer holds the segment it is not told.
   */
  public void use(byte[] key) {
    HotReader reader = readers.get();
    reader.enter();
    try {
      if (!closed && reader.tryLock(key)) {
        use(reader, key);
      }
    } finally {
      reader.leave();
    }
  }

  private void use(HotReader reader, byte[] key) {
    try {
      if (reader.find(key) && reader.length() >= HotValue.HEAD) {
        ring.used(reader.integer(0));
      }
    } finally {
      reader.unlock();
    }
  }

  /** The value, or null when it is not there or cannot be read; may wait, allocates. */
  public byte @Nullable [] find(byte[] key) {
    byte[] stored = map.get(key);
    if (stored == null) {
      return null;
    }
    if (!HotValue.isWhole(stored)) {
      corrupt.increment();
      return null;
    }
    ring.used(HotValue.slot(stored));
    return HotValue.value(stored);
  }

  /**
   * Stores the value, and makes room for it when the tier is full.
   *
   * @return false when it is too large or no room could be made; an older value is gone then
   */
  public boolean put(byte kind, byte[] key, byte[] value) {
    return put(kind, false, key, value);
  }

  /**
   * As {@link #put}, and the value never makes room for others: for the few without which all the
   * others are of no use.
   */
  public boolean pin(byte kind, byte[] key, byte[] value) {
    return put(kind, true, key, value);
  }

  private boolean put(byte kind, boolean pinned, byte[] key, byte[] value) {
    // Its place, which the checksum does not cover, is known under the lock.
    byte[] stored =
        value.length <= settings.largestBytes() ? HotValue.of(kind, pinned, value) : null;
    writing.lock();
    try {
      SystemCalls.load();
      if (!checked && stored != null && replaced(key, stored)) {
        return true;
      }
      verify();
      return put(key, stored);
    } finally {
      writing.unlock();
    }
  }

  /** A newer value in the place of one that is there needs no place of its own. */
  private boolean replaced(byte[] key, byte[] stored) {
    byte[] old = map.get(key);
    if (old == null || !HotValue.isWhole(old)) {
      return false;
    }
    redo.begin(key, HotValue.at(HotValue.slot(old), stored));
    boolean isStored = HotMap.put(map, key, stored);
    redo.end();
    return isStored;
  }

  private boolean put(byte[] key, byte @Nullable [] stored) {
    HotReader reader = readers.get();
    boolean isThere = find(reader, key);
    int known = isThere ? reader.integer(0) : NO_SLOT;
    long old = isThere ? room.of(reader.length()) : 0;
    boolean isKnown = ring.isAt(known, key);
    int slot = isKnown ? known : slotFor(key);
    if (isKnown) {
      ring.used(slot);
    }
    boolean isStored = false;
    if (stored != null) {
      redo.begin(key, HotValue.at(slot, stored));
      isStored = store(key, stored, old);
      if (isStored && HotValue.isPinned(stored)) {
        ring.pin(slot);
      }
    }
    if (!isStored) {
      refused.increment();
      drop(key, slot);
    }
    redo.end();
    return isStored;
  }

  /** For the one that writes: what is found stays until he changes it. */
  private static boolean find(HotReader reader, byte[] key) {
    while (!reader.tryLock(key)) {
      Thread.onSpinWait(); // readers come and go
    }
    try {
      return reader.find(key) && reader.length() >= HotValue.HEAD;
    } finally {
      reader.unlock();
    }
  }

  /**
   * Puts the value where there is room, or makes some: of a segment that was full once it is known
   * how much came free since, because an attempt in vain costs more than the value.
   *
   * @param old bytes that come free with it
   */
  private boolean store(byte[] key, byte[] stored, long old) {
    int segment = readers.get().segment(key);
    long needed = room.of(stored.length) - old;
    for (int left = MOST_EVICTIONS_FOR_ONE; left > 0; ) {
      while (!room.has(segment, needed)) {
        if (--left == 0 || !evictOne(key, slot -> isIn(segment, slot))) {
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

  private int slotFor(byte[] key) {
    int slot = ring.take(key);
    while (slot < 0) {
      boolean unused = evictOne(key, any -> true);
      slot = ring.take(key);
    }
    return slot;
  }

  /** False when none of these is held. */
  private boolean evictOne(byte[] forKey, IntPredicate which) {
    int victim = ring.victim(which);
    if (victim < 0) {
      return false;
    }
    byte[] key = ring.key(victim);
    if (!Arrays.equals(key, forKey)) {
      drop(key, victim);
      evicted.increment();
    }
    return true;
  }

  private boolean isIn(int segment, int slot) {
    return readers.get().segment(ring.key(slot)) == segment;
  }

  private void drop(byte[] key, int slot) {
    HotReader reader = readers.get();
    if (find(reader, key)) {
      room.freed(reader.segment(key), room.of(reader.length()));
    }
    map.remove(key);
    ring.release(slot);
  }

  public void remove(byte[] key) {
    writing.lock();
    try {
      verify();
      HotReader reader = readers.get();
      if (find(reader, key)) {
        int slot = reader.integer(0);
        drop(key, ring.isAt(slot, key) ? slot : NO_SLOT);
      }
    } finally {
      writing.unlock();
    }
  }

  /** Hears of each entry of a kind. */
  public interface Visitor {
    void visit(byte[] key, byte[] value);
  }

  /**
   * Walks through the entries of a kind, in no order. Reads go on meanwhile; a put to the part that
   * is being walked through waits, so a visitor must be quick.
   */
  public void forEach(byte kind, Visitor visitor) {
    map.forEach(
        (key, stored) -> {
          if (HotValue.isWhole(stored) && HotValue.kind(stored) == kind) {
            visitor.visit(key.clone(), HotValue.value(stored));
          }
        });
  }

  /**
   * Checks every value of an earlier run, removes what is damaged, and learns who has which place:
   * once after opening, off the loop, while reads go on. Goes by segments, and lets a put of what
   * is there already pass between two of them; one of a new key waits for the rest.
   *
   * @return how many were removed since opening
   */
  public int verify() {
    while (!checked) {
      verifyNext();
    }
    return removed;
  }

  private void verifyNext() {
    writing.lock();
    try {
      if (checked) {
        return;
      }
      verify(segmentsChecked);
      segmentsChecked++;
      if (segmentsChecked == map.segments()) {
        ring.restored();
        checked = true;
      }
    } finally {
      writing.unlock();
    }
  }

  private void verify(int number) {
    try (MapSegmentContext<byte[], byte[], ?> segment = map.segmentContext(number)) {
      segment.forEachSegmentEntry(
          entry -> {
            byte[] stored = entry.value().get();
            if (!HotValue.isWhole(stored)
                || !ring.restore(HotValue.slot(stored), entry.key().get())) {
              entry.doRemove();
              corrupt.increment();
              removed++;
            } else if (HotValue.isPinned(stored)) {
              ring.pin(HotValue.slot(stored));
            }
          });
    }
  }

  public HotStats stats() {
    return new HotStats(
        map.longSize(),
        settings.entries(),
        evicted.sum(),
        busy.sum(),
        corrupt.sum(),
        refused.sum(),
        file.setAside(),
        freePercent());
  }

  /** Of entries or of bytes, whichever runs out first. */
  private int freePercent() {
    long free = 100 * (settings.entries() - map.longSize()) / settings.entries();
    return (int) Math.max(0, Math.min(free, map.percentageFreeSpace()));
  }

  /** Until no reader is inside: the memory that it copies from goes with the map. */
  private void awaitReaders() {
    closed = true;
    synchronized (allReaders) {
      while (allReaders.stream().anyMatch(HotReader::isInside)) {
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public void close() {
    writing.lock();
    try {
      awaitReaders();
      map.close();
      file.note(settings);
      file.close();
    } finally {
      writing.unlock();
    }
  }
}
