package io.podium.store.hot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;

/**
 * The value that is being put, beside the map. A process that is killed while it overwrites a value
 * leaves neither the old one nor the new one; the next one to open the file puts the new one again.
 * Memory that is mapped outlives its process, so nothing is forced to the disk: after a crash of
 * the machine the record means nothing. For the one that writes.
 *
 * <pre>
 *   0 is there (1 or 0) | 4 recovering (1 or 0) | 8 CRC32C of all that follows | 12 length
 *   16 key (16) | 32 value
 * </pre>
 */
final class RedoLog {
  private static final int RECOVERING = 4;
  private static final int SUM = 8;
  private static final int LENGTH = 12;
  private static final int KEY = 16;
  private static final int VALUE = KEY + HotKey.BYTES;

  private final MappedByteBuffer record;

  private RedoLog(MappedByteBuffer record) {
    this.record = record;
  }

  /**
   * @param largest bytes of a value
   * @throws UncheckedIOException when the file cannot be written
   */
  static RedoLog open(Path file, int largest) {
    int size = VALUE + HotValue.HEAD + largest;
    try {
      if (!Files.exists(file) || Files.size(file) != size) {
        // A first one, or for values of another size. Written, so that the disk's room is taken
        // now.
        Files.write(file, new byte[size]);
      }
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        MappedByteBuffer record = channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
        record.order(ByteOrder.nativeOrder());
        return new RedoLog(record);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /**
   * Before the map is changed.
   *
   * @param value as it lies in the map
   */
  void begin(byte[] key, byte[] value) {
    record.putInt(LENGTH, value.length);
    record.put(KEY, key);
    record.put(VALUE, value);
    record.putInt(SUM, sum(value.length));
    VarHandle.releaseFence(); // a kill must not find the mark without the record
    record.putInt(0, 1);
    VarHandle.releaseFence(); // nor the map's change without the mark
  }

  /** The map holds it, or will not. */
  void end() {
    VarHandle.releaseFence();
    record.putInt(0, 0);
  }

  /**
   * Whether the map must be recovered at its next opening, whatever its locks say. For this it is
   * here: a recovery frees the locks before anything else.
   */
  boolean isRecovering() {
    return record.getInt(RECOVERING) != 0;
  }

  void recovering(boolean now) {
    VarHandle.releaseFence();
    record.putInt(RECOVERING, now ? 1 : 0);
    VarHandle.releaseFence();
  }

  /** Tells what was being put when the process before this one ended, if anything was. */
  void replay(BiConsumer<byte[], byte[]> put) {
    int length = record.getInt(LENGTH);
    boolean isWhole =
        record.getInt(0) == 1
            && length >= HotValue.HEAD
            && length <= record.capacity() - VALUE
            && record.getInt(SUM) == sum(length);
    if (isWhole) {
      byte[] key = new byte[HotKey.BYTES];
      byte[] value = new byte[length];
      record.get(KEY, key);
      record.get(VALUE, value);
      put.accept(key, value);
    }
  }

  private int sum(int length) {
    CRC32C crc = new CRC32C();
    ByteBuffer summed = record.slice(LENGTH, VALUE - LENGTH + length);
    crc.update(summed);
    return (int) crc.getValue();
  }
}
