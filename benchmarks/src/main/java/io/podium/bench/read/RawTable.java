package io.podium.bench.read;

import io.podium.store.hot.HotKey;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A table outside the heap and nothing else: 16-byte keys, values of one size, linear probing; no
 * locks, no bounds, no persistence. What is left to gain by a map of one's own.
 */
public final class RawTable {
  private final ByteBuffer table;
  private final int slots;
  private final int slot;
  private final int bytes;

  /**
   * @param bytes of each value, which begins with its key
   */
  public RawTable(List<byte[]> keys, int bytes) {
    this.bytes = bytes;
    this.slot = HotKey.BYTES + bytes;
    this.slots = Integer.highestOneBit(keys.size() * 2);
    this.table = ByteBuffer.allocateDirect(slots * slot).order(ByteOrder.nativeOrder());
    for (byte[] key : keys) {
      int at = find(key);
      table.put(at, key).put(at + HotKey.BYTES, key);
    }
  }

  /** Replaces the value of a key that is there. */
  public void put(byte[] key, byte[] value) {
    table.put(find(key) + HotKey.BYTES, value, 0, Math.min(bytes, value.length));
  }

  /** Where the key is, or would be. */
  private int find(byte[] key) {
    long high = ByteBuffer.wrap(key).order(ByteOrder.nativeOrder()).getLong(0);
    long low = ByteBuffer.wrap(key).order(ByteOrder.nativeOrder()).getLong(8);
    for (int i = (int) high & (slots - 1); ; i = (i + 1) & (slots - 1)) {
      int at = i * slot;
      long found = table.getLong(at);
      if (found == 0 || (found == high && table.getLong(at + 8) == low)) {
        return at;
      }
    }
  }

  public int read(byte[] key, byte[] into) {
    table.get(find(key) + HotKey.BYTES, into, 0, bytes);
    return bytes;
  }
}
