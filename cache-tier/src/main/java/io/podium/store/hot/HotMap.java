package io.podium.store.hot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import net.openhft.chronicle.hash.Data;
import net.openhft.chronicle.hash.SegmentLock;
import net.openhft.chronicle.hash.impl.BigSegmentHeader;
import net.openhft.chronicle.hash.impl.VanillaChronicleHash;
import net.openhft.chronicle.hash.locks.InterProcessLock;
import net.openhft.chronicle.map.ChronicleMap;
import net.openhft.chronicle.map.ChronicleMapBuilder;
import net.openhft.chronicle.map.ExternalMapQueryContext;
import net.openhft.chronicle.map.MapAbsentEntry;
import net.openhft.chronicle.map.MapEntry;
import net.openhft.chronicle.map.MapSegmentContext;
import net.openhft.chronicle.map.VanillaChronicleMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the map of a hot tier. May wait for a disk; not for event loops. */
final class HotMap {
  private static final Logger LOG = LoggerFactory.getLogger(HotMap.class);

  private HotMap() {}

  /**
   * That of an earlier run, or a fresh one.
   *
   * @throws UncheckedIOException when the folder cannot be written
   */
  static ChronicleMap<byte[], byte[]> open(HotSettings settings, HotFile file, RedoLog redo) {
    if (file.isUsable(settings)) {
      try {
        return reopened(settings, file, redo);
      } catch (IOException | RuntimeException | Error e) {
        // Whatever a damaged file makes the library throw, a fresh one takes its place.
        LOG.warn("hot tier {} cannot be used and is set aside: {}", file.map(), e.toString());
      }
    }
    redo.end();
    ChronicleMap<byte[], byte[]> map = fresh(settings, file);
    redo.recovering(false);
    return map;
  }

  /** Without a file. */
  static ChronicleMap<byte[], byte[]> inMemory(HotSettings settings) {
    return builder(settings).create();
  }

  /**
   * As it was left, unless a writer died in the middle of a change, or the machine did, or the one
   * that recovered it then: only then is every entry gone through, which frees the locks that the
   * writer held. What was being put is put again.
   */
  private static ChronicleMap<byte[], byte[]> reopened(
      HotSettings settings, HotFile file, RedoLog redo) throws IOException {
    boolean isOfThisBoot = file.isOfThisBoot();
    boolean isLeftAsItWas = isOfThisBoot && !redo.isRecovering() && file.isReady();
    ChronicleMap<byte[], byte[]> map = isLeftAsItWas ? unlocked(settings, file) : null;
    if (map == null) {
      map = recovered(settings, file, redo);
    }
    if (isOfThisBoot) {
      replay(redo, map);
    }
    redo.end();
    note(() -> file.note(settings));
    return map;
  }

  /** Null when a change may be half made. */
  private static @Nullable ChronicleMap<byte[], byte[]> unlocked(HotSettings settings, HotFile file)
      throws IOException {
    ChronicleMap<byte[], byte[]> map = builder(settings).createPersistedTo(file.map().toFile());
    boolean isUnlocked = false;
    try {
      isUnlocked = isUnlocked(map);
    } finally {
      if (!isUnlocked) {
        map.close();
      }
    }
    return isUnlocked ? map : null;
  }

  private static ChronicleMap<byte[], byte[]> recovered(
      HotSettings settings, HotFile file, RedoLog redo) throws IOException {
    SystemCalls.load();
    redo.recovering(true);
    file.makeReady();
    ChronicleMap<byte[], byte[]> map =
        builder(settings).recoverPersistedTo(file.map().toFile(), true);
    redo.recovering(false);
    return map;
  }

  private static void replay(RedoLog redo, ChronicleMap<byte[], byte[]> map) {
    try {
      redo.replay((key, value) -> putAgain(map, key, value));
    } catch (RuntimeException | Error e) {
      LOG.warn("what was being put into the hot tier is lost: {}", e.toString());
    }
  }

  /**
   * On a full disk an older note stands, or none: the next opening takes longer, or sets the file
   * aside, and after a restart of the machine does not trust the record of what was being put.
   */
  private static void note(Runnable note) {
    try {
      note.run();
    } catch (UncheckedIOException e) {
      LOG.warn("{}", e.getMessage());
    }
  }

  /**
   * Puts what was being put when the process before this one was killed; for want of room, others
   * of its segment go, whichever they are: who is used is not known yet.
   */
  private static void putAgain(ChronicleMap<byte[], byte[]> map, byte[] key, byte[] value) {
    SystemCalls.load();
    int segment = new HotReader((VanillaChronicleMap<byte[], byte[], ?>) map).segment(key);
    while (!put(map, key, value)) {
      if (!dropOne(map, segment)) {
        LOG.warn("the hot tier has no room for {} bytes that were being put", value.length);
        return;
      }
    }
  }

  /** False when nothing is there that may go. */
  private static boolean dropOne(ChronicleMap<byte[], byte[]> map, int number) {
    try (MapSegmentContext<byte[], byte[], ?> segment = map.segmentContext(number)) {
      boolean isKept =
          segment.forEachSegmentEntryWhile(
              entry -> {
                boolean isPinned = HotValue.isPinned(entry.value().get());
                if (!isPinned) {
                  entry.doRemove();
                }
                return isPinned;
              });
      return !isKept;
    }
  }

  /**
   * Puts a value in one step for readers. The library's own put of a longer value gives the room of
   * the old one away before it looks for more; when it finds none, the old entry stays on chunks
   * that count as free. So the old value goes first here.
   *
   * @return false when there is no room; an older value is gone then
   */
  static boolean put(ChronicleMap<byte[], byte[]> map, byte[] key, byte[] stored) {
    try (ExternalMapQueryContext<byte[], byte[], ?> query = map.queryContext(key)) {
      query.writeLock().lock();
      MapEntry<byte[], byte[]> old = query.entry();
      if (old != null && old.value().size() >= stored.length) {
        replace(old, query.wrapValueAsData(stored));
        return true;
      }
      if (old != null) {
        old.doRemove();
      }
      return insert(query, stored);
    }
  }

  /** Half a value is not left for readers, who come once the lock is free. */
  private static void replace(MapEntry<byte[], byte[]> old, Data<byte[]> stored) {
    try {
      old.doReplaceValue(stored);
    } catch (RuntimeException | Error e) {
      old.doRemove();
      throw e;
    }
  }

  private static boolean insert(ExternalMapQueryContext<byte[], byte[], ?> query, byte[] stored) {
    MapAbsentEntry<byte[], byte[]> absent = query.absentEntry();
    if (absent == null) {
      throw new AssertionError("removed, and still there");
    }
    try {
      absent.doInsert(query.wrapValueAsData(stored));
      return true;
    } catch (RuntimeException e) {
      // Full, or more chunks than a segment has left in a row, or the disk is full.
      return false;
    }
  }

  /**
   * Frees the locks of a killed process: nobody else has the file, so every holder is dead. Readers
   * change nothing. Under an update lock entries are whole, but the room of one may already count
   * as free, and the next large value would be written over it.
   *
   * @return false when an update or a write lock is held: a change may be half made
   */
  private static boolean isUnlocked(ChronicleMap<byte[], byte[]> map) {
    for (int i = 0; i < map.segments(); i++) {
      if (!isFree(map, i, SegmentLock::updateLock)) {
        return false;
      }
      if (!isFree(map, i, SegmentLock::writeLock)) {
        BigSegmentHeader.INSTANCE.resetLock(
            ((VanillaChronicleHash<?, ?, ?, ?>) map).segmentHeaderAddress(i));
      }
    }
    return true;
  }

  /** In a context of its own, which lets go of what was taken. */
  private static boolean isFree(
      ChronicleMap<byte[], byte[]> map, int number, Function<SegmentLock, InterProcessLock> lock) {
    try (MapSegmentContext<byte[], byte[], ?> segment = map.segmentContext(number)) {
      return segment instanceof SegmentLock locks && lock.apply(locks).tryLock();
    }
  }

  private static ChronicleMap<byte[], byte[]> fresh(HotSettings settings, HotFile file) {
    file.begin();
    SystemCalls.load();
    try {
      ChronicleMap<byte[], byte[]> map = builder(settings).createPersistedTo(file.map().toFile());
      note(() -> file.note(settings));
      return map;
    } catch (IOException e) {
      throw new UncheckedIOException(file.map() + " cannot be created: " + e.getMessage(), e);
    }
  }

  private static ChronicleMapBuilder<byte[], byte[]> builder(HotSettings settings) {
    int chunk = Math.max(64, settings.averageBytes() / 8);
    return ChronicleMapBuilder.of(byte[].class, byte[].class)
        .name("podium-hot")
        .constantKeySizeBySample(new byte[HotKey.BYTES])
        .averageValueSize(settings.averageBytes() + HotValue.HEAD)
        .actualChunkSize(chunk)
        .maxChunksPerEntry(settings.largestBytes() / chunk + 2)
        .entries(settings.entries())
        .actualSegments(segments(settings))
        .maxBloatFactor(2)
        .checksumEntries(false) // our own covers the value, and is checked only once
        .putReturnsNull(true)
        .removeReturnsNull(true)
        .skipCloseOnExitHook(true);
  }

  /** A power of two, so that each segment has room for several of the largest values. */
  private static int segments(HotSettings settings) {
    long bytes = (long) settings.entries() * settings.averageBytes();
    long most = Math.min(64, bytes / (8L * settings.largestBytes()));
    return (int) Long.highestOneBit(Math.max(1, most));
  }
}
