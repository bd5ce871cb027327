package io.podium.store.hot;

import java.util.concurrent.atomic.AtomicBoolean;
import net.openhft.chronicle.algo.hashing.LongHashFunction;
import net.openhft.chronicle.core.Memory;
import net.openhft.chronicle.core.OS;
import net.openhft.chronicle.core.UnsafeMemory;
import net.openhft.chronicle.hash.impl.BigSegmentHeader;
import net.openhft.chronicle.hash.impl.CompactOffHeapLinearHashTable;
import net.openhft.chronicle.hash.impl.TierCountersArea;
import net.openhft.chronicle.hash.impl.VanillaChronicleHash;
import net.openhft.chronicle.map.VanillaChronicleMap;

/**
 * One thread's look at the map: the steps of the library's own {@code get}, up to the place of the
 * value and no further. The library makes a context of some forty stages for each query, which
 * costs as much as reading a page; here it is a hash, a lock that is only tried, and a probe.
 * Whatever a damaged file says, nothing outside the segment is read. Confined to its thread.
 *
 * <pre>
 * tier:  hash table | counters | free list | chunks: key (16), size (stop bits), value
 * </pre>
 */
final class HotReader {
  /** Where a byte array's elements begin; a copy to anything before it destroys the object. */
  private static final long ARRAY = OS.memory().arrayBaseOffset(byte[].class);

  private static final Memory MEMORY = OS.memory();
  private static final LongHashFunction HASH = LongHashFunction.xx_r39();
  private static final BigSegmentHeader SEGMENT = BigSegmentHeader.INSTANCE;
  private static final int TRIES = 8;

  /** Of one segment; only a damaged file has more, in a circle. */
  private static final int MOST_TIERS = 1 << 10;

  /** Bits of a size that a byte holds; its first bit says whether another one follows. */
  private static final int SIZE_BITS = 7;

  private final VanillaChronicleMap<byte[], byte[], ?> map;
  private final CompactOffHeapLinearHashTable table;
  private final long chunks;
  private final AtomicBoolean inside = new AtomicBoolean();
  private long hash;
  private int segment;
  private long header;
  private long value;
  private int length;

  HotReader(VanillaChronicleMap<byte[], byte[], ?> map) {
    this.map = map;
    this.table = map.hashLookup;
    this.chunks =
        map.tierHashLookupOuterSize
            + VanillaChronicleHash.TIER_COUNTERS_AREA_SIZE
            + map.tierFreeListOuterSize
            + map.tierEntrySpaceInnerOffset;
  }

  /** The map stays open until {@link #leave}, unless it is closed already: ask after this. */
  void enter() {
    inside.set(true);
  }

  void leave() {
    inside.lazySet(false);
  }

  boolean isInside() {
    return inside.get();
  }

  /** Takes the key's segment; false when a writer has it. */
  boolean tryLock(byte[] key) {
    hash = HASH.hashBytes(key);
    segment = map.hashSplitting.segmentIndex(hash);
    header = map.segmentHeaderAddress(segment);
    // One try fails when another reader comes or goes in the same moment.
    for (int i = 0; i < TRIES; i++) {
      if (SEGMENT.tryReadLock(header)) {
        return true;
      }
    }
    return false;
  }

  /** The segment of a key. */
  int segment(byte[] key) {
    return map.hashSplitting.segmentIndex(HASH.hashBytes(key));
  }

  void unlock() {
    SEGMENT.readUnlock(header);
  }

  /** Looks for the value, which stays where it is while the segment is locked. */
  boolean find(byte[] key) {
    long tier = map.segmentBaseAddr(segment);
    long next = SEGMENT.nextTierIndex(header);
    // A segment that overflowed goes on in another tier.
    for (int left = MOST_TIERS; !find(key, tier); left--) {
      if (next == 0 || left == 0) {
        return false;
      }
      tier = map.tierIndexToBaseAddr(next);
      next = TierCountersArea.nextTierIndex(tier + map.tierHashLookupOuterSize);
    }
    return true;
  }

  private boolean find(byte[] key, long tier) {
    long wanted = table.maskUnsetKey(map.hashSplitting.segmentHash(hash));
    long first = table.hlPos(wanted);
    long at = first;
    do {
      long entry = table.readEntry(tier, at);
      if (table.empty(entry)) {
        return false;
      }
      if (table.key(entry) == wanted && isOf(key, tier, table.value(entry))) {
        return true;
      }
      at = table.step(at);
    } while (at != first);
    return false;
  }

  private boolean isOf(byte[] key, long tier, long chunk) {
    if (chunk >= map.actualChunksPerSegmentTier) {
      return false;
    }
    long entry = tier + chunks + chunk * map.chunkSize;
    return MEMORY.readLong(entry) == MEMORY.readLong(key, ARRAY)
        && MEMORY.readLong(entry + Long.BYTES) == MEMORY.readLong(key, ARRAY + Long.BYTES)
        && takeSize(entry + HotKey.BYTES, (map.actualChunksPerSegmentTier - chunk) * map.chunkSize);
  }

  /** False when the size leads out of the tier. */
  private boolean takeSize(long at, long room) {
    long size = 0;
    int bytes = 0;
    byte last;
    do {
      last = MEMORY.readByte(at + bytes);
      size |= (long) (last & 0x7f) << (bytes * SIZE_BITS);
      bytes++;
    } while (last < 0 && bytes < Integer.BYTES);
    value = at + bytes;
    length = (int) size;
    return last >= 0 && HotKey.BYTES + bytes + size <= room;
  }

  /** Bytes of the value that was found. */
  int length() {
    return length;
  }

  int integer(int at) {
    return MEMORY.readInt(value + at);
  }

  /** Copies what follows to the start of the array, which must have room for it. */
  void copy(int from, byte[] into) {
    // The library's own way to a byte array is a loop of eight bytes at a time.
    UnsafeMemory.UNSAFE.copyMemory(null, value + from, into, ARRAY, length - from);
  }
}
