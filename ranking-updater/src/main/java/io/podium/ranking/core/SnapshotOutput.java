package io.podium.ranking.core;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Numbers and texts as {@link java.io.DataInput} reads them, big endian, through a buffer of its
 * own: the loop stands still while a state of millions of them is copied.
 */
final class SnapshotOutput {
  private static final int SIZE = 1 << 16;

  private final OutputStream to;
  private final ByteBuffer buffer = ByteBuffer.allocate(SIZE);

  SnapshotOutput(OutputStream to) {
    this.to = to;
  }

  void writeByte(int value) throws IOException {
    room(1).put((byte) value);
  }

  void writeBoolean(boolean value) throws IOException {
    writeByte(value ? 1 : 0);
  }

  void writeInt(int value) throws IOException {
    room(Integer.BYTES).putInt(value);
  }

  void writeLong(long value) throws IOException {
    room(Long.BYTES).putLong(value);
  }

  void writeChars(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      room(Character.BYTES).putChar(text.charAt(i));
    }
  }

  /** Bytes of a buffer, whose position does not matter. */
  void write(ByteBuffer bytes, int from, int length) throws IOException {
    int at = from;
    int left = length;
    while (left > 0) {
      int some = Math.min(left, room(1).remaining());
      buffer.put(buffer.position(), bytes, at, some).position(buffer.position() + some);
      at += some;
      left -= some;
    }
  }

  private ByteBuffer room(int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  void flush() throws IOException {
    to.write(buffer.array(), 0, buffer.position());
    buffer.clear();
  }
}
