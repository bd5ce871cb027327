package io.podium.ranking.archive;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Lines in memory, whose numbers are written without a text of their own. */
final class Lines extends ByteArrayOutputStream {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int MOST_DIGITS = 19;

  private final byte[] digits = new byte[MOST_DIGITS];
  private final CRC32C crc = new CRC32C();
  private byte[] room = {};

  Lines() {
    super(1 << 12);
  }

  /** As {@link Long#toString}; not negative. */
  void number(long value) {
    int at = MOST_DIGITS;
    long left = value;
    do {
      digits[--at] = (byte) ('0' + left % 10);
      left /= 10;
    } while (left > 0);
    write(digits, at, MOST_DIGITS - at);
  }

  /** As {@link Long#toHexString}. */
  void hex(long value) {
    int at = MOST_DIGITS;
    long left = value;
    do {
      digits[--at] = HEX[(int) (left & 15)];
      left >>>= 4;
    } while (left != 0);
    write(digits, at, MOST_DIGITS - at);
  }

  /** CRC32C of what was written from {@code start} on, and of the bytes after it. */
  long checksum(int start, byte[] after) {
    crc.reset();
    crc.update(buf, start, count - start);
    crc.update(after);
    return crc.getValue();
  }

  /** Not a copy: the first {@link #size} bytes are what was written. */
  byte[] bytes() {
    return buf;
  }

  /** Room for what is made of them; the same array while it is large enough. */
  byte[] room(int bytes) {
    if (room.length < bytes) {
      room = new byte[bytes + bytes / 4];
    }
    return room;
  }
}
