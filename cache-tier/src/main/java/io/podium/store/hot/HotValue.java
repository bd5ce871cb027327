package io.podium.store.hot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A value as it lies in the map, integers in the machine's order: {@code slot (4), CRC32C of all
 * after it (4), version (1), kind (1), 1 if it is pinned (1), nothing (1), value}.
 */
final class HotValue {
  static final int VERSION = 1;
  static final int HEAD = 12;
  static final int SUM = 4;
  static final int CHECKED = 8;

  private HotValue() {}

  /** Without its slot, see {@link #at}. */
  static byte[] of(byte kind, boolean pinned, byte[] value) {
    ByteBuffer out = ByteBuffer.allocate(HEAD + value.length).order(ByteOrder.nativeOrder());
    out.putInt(0).putInt(0).put((byte) VERSION).put(kind);
    out.put((byte) (pinned ? 1 : 0)).put((byte) 0).put(value);
    CRC32C crc = new CRC32C();
    crc.update(out.array(), CHECKED, out.capacity() - CHECKED);
    return out.putInt(SUM, (int) crc.getValue()).array();
  }

  /** The same bytes with their slot, which the checksum leaves out. */
  static byte[] at(int slot, byte[] stored) {
    ByteBuffer.wrap(stored).order(ByteOrder.nativeOrder()).putInt(0, slot);
    return stored;
  }

  static boolean isWhole(byte[] stored) {
    if (stored.length < HEAD || stored[CHECKED] != VERSION) {
      return false;
    }
    CRC32C crc = new CRC32C();
    crc.update(stored, CHECKED, stored.length - CHECKED);
    return (int) crc.getValue() == integer(stored, SUM);
  }

  /** The same for a value that was copied out, with the four bytes of its head that count. */
  static boolean isWhole(int head, int sum, byte[] value, int length) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(0, head));
    crc.update(value, 0, length);
    return (int) crc.getValue() == sum;
  }

  static int slot(byte[] stored) {
    return integer(stored, 0);
  }

  static byte kind(byte[] stored) {
    return stored[CHECKED + 1];
  }

  static boolean isPinned(byte[] stored) {
    return stored.length >= HEAD && stored[CHECKED + 2] != 0;
  }

  static byte[] value(byte[] stored) {
    return Arrays.copyOfRange(stored, HEAD, stored.length);
  }

  private static int integer(byte[] bytes, int at) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt(at);
  }
}
