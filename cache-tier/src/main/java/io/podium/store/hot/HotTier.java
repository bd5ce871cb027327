package io.podium.store.hot;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.VanillaChronicleMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(HotTier.class);

  private final HotSettings settings;
  private final HotFile file;
  private final ChronicleMap<byte[], byte[]> map;
  private final HotWriter writer;
  private final ThreadLocal<HotReader> readers = ThreadLocal.withInitial(this::reader);
  private final Set<HotReader> allReaders = Collections.newSetFromMap(new WeakHashMap<>());
  private final ReentrantLock writing = new ReentrantLock(true);
  private final LongAdder busy = new LongAdder();
  private final LongAdder corrupt = new LongAdder();
  // Unless every value of an earlier run was checked, each read checks its own.
  private volatile boolean checked;
  private volatile boolean restored;
  private volatile boolean closed;
  private int segmentsChecked;
  private boolean isDoubtful;
  private int removed;

  private HotTier(
      HotSettings settings, HotFile file, ChronicleMap<byte[], byte[]> map, RedoLog redo) {
    this.settings = settings;
    this.file = file;
    this.map = map;
    this.writer = new HotWriter(library(map), redo, settings.entries());
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
    } catch (RuntimeException | Error e) {
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
    writer.used(reader.integer(0));
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
        writer.used(reader.integer(0));
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
    writer.used(HotValue.slot(stored));
    return HotValue.value(stored);
  }

  /**
   * Stores the value, and makes room for it when the tier is full.
   *
   * @return false when it is too large or no room could be made: an older value is gone then; and
   *     once the tier is closed
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
    // Its slot, which the checksum does not cover, is known under the lock.
    byte[] stored =
        value.length <= settings.largestBytes() ? HotValue.of(kind, pinned, value) : null;
    writing.lock();
    try {
      if (closed) {
        return false;
      }
      SystemCalls.load();
      if (!restored && stored != null && writer.replace(key, stored)) {
        return true;
      }
      verify();
      return writer.put(key, stored);
    } finally {
      writing.unlock();
    }
  }

  /** Does nothing once the tier is closed. */
  public void remove(byte[] key) {
    writing.lock();
    try {
      if (!closed) {
        verify();
        writer.remove(key);
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
   * is there already pass between two of them; one of a new key waits for the rest. Where the file
   * is so damaged that a segment cannot be gone through, reads go on checking their values, and the
   * next opening recovers what it can.
   *
   * @return how many were removed since opening
   */
  public int verify() {
    while (!restored && !closed) {
      verifyNext();
    }
    return removed;
  }

  private void verifyNext() {
    writing.lock();
    try {
      if (restored || closed) {
        return;
      }
      restore(segmentsChecked);
      segmentsChecked++;
      if (segmentsChecked == map.segments()) {
        writer.restored();
        checked = !isDoubtful;
        restored = true;
      }
    } finally {
      writing.unlock();
    }
  }

  private void restore(int segment) {
    try {
      int damaged = writer.restore(segment);
      corrupt.add(damaged);
      removed += damaged;
    } catch (RuntimeException | Error e) {
      isDoubtful = true;
      writer.doubt();
      LOG.warn("a part of the hot tier is damaged: what is read is checked each time", e);
    }
  }

  public HotStats stats() {
    return new HotStats(
        map.longSize(),
        settings.entries(),
        writer.evicted(),
        busy.sum(),
        corrupt.sum(),
        writer.refused(),
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
      if (closed) {
        return;
      }
      awaitReaders();
      map.close();
      try {
        file.note(settings);
      } catch (UncheckedIOException e) {
        LOG.warn("the older note stands: {}", e.getMessage());
      } finally {
        file.close();
      }
    } finally {
      writing.unlock();
    }
  }
}
