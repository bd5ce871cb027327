package io.podium.codec;

import io.podium.store.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of everything that is stored: {@code 'P', kind, version, oldest reader, flags, body,
 * CRC32C of all before}. Bodies from 256 bytes are deflated when that makes them smaller.
 */
public final class Frame {
  /** What a frame holds; the byte that stands in it. */
  public static final byte LISTING = 'L';

  public static final byte DELTA = 'D';
  public static final byte CARD = 'C';
  public static final byte BOARDS = 'B';
  public static final byte EVIDENCE = 'E';

  /** Bytes that a frame adds to a body that is not deflated. */
  public static final int OVERHEAD = 9;

  private static final int HEAD = 5;
  private static final int MAX_BODY = 16 << 20;
  private static final int WORTH_DEFLATING = 256;
  private static final byte MAGIC = 'P';
  private static final byte DEFLATED = 1;

  /** To make one takes longer than to deflate a listing: it clears a quarter of a megabyte. */
  private static final ThreadLocal<Deflater> DEFLATER =
      ThreadLocal.withInitial(() -> new Deflater(Deflater.BEST_SPEED, true));

  private final int version;
  private final byte[] body;

  private Frame(int version, byte[] body) {
    this.version = version;
    this.body = body;
  }

  /** The version of the writer, 1 to 255. */
  public int version() {
    return version;
  }

  /** The body as it was given, at most 16 MiB. */
  public byte[] body() {
    return body;
  }

  /**
   * @param oldestReader the lowest reader version that understands the body
   */
  public static byte[] write(byte kind, int version, int oldestReader, byte[] body) {
    if (body.length > MAX_BODY) {
      throw new StoreException(
          StoreException.Kind.REFUSED, "a value of " + body.length + " bytes is too large", null);
    }
    byte[] packed = body.length < WORTH_DEFLATING ? body : deflate(body);
    boolean smaller = packed.length < body.length;
    byte[] kept = smaller ? packed : body;
    ByteBuffer out = ByteBuffer.allocate(kept.length + OVERHEAD);
    out.put(MAGIC).put(kind).put((byte) version).put((byte) oldestReader);
    out.put(smaller ? DEFLATED : 0).put(kept);
    out.putInt(checksum(out.array(), out.position()));
    return out.array();
  }

  /**
   * @param readerVersion the version that the caller writes and reads
   * @throws StoreException CORRUPT when it is no whole frame of that kind, or is written by a
   *     version that this reader is too old for
   */
  public static Frame read(byte kind, int readerVersion, byte[] bytes) {
    if (bytes.length < OVERHEAD || bytes[0] != MAGIC || bytes[1] != kind) {
      throw corrupt("not a stored value of kind " + (char) kind, null);
    }
    if (bytes.length > MAX_BODY + OVERHEAD) {
      throw corrupt("kind " + (char) kind + " of " + bytes.length + " bytes is too large", null);
    }
    int end = bytes.length - Integer.BYTES;
    if (ByteBuffer.wrap(bytes).getInt(end) != checksum(bytes, end)) {
      throw corrupt("checksum of kind " + (char) kind + " does not match", null);
    }
    int version = bytes[2] & 0xff;
    if ((bytes[3] & 0xff) > readerVersion || version == 0) {
      throw corrupt("kind " + (char) kind + " of version " + version + " is too new", null);
    }
    byte[] body = Arrays.copyOfRange(bytes, HEAD, end);
    return new Frame(version, (bytes[4] & DEFLATED) == 0 ? body : inflate(body));
  }

  static StoreException corrupt(String reason, @Nullable Throwable cause) {
    return new StoreException(StoreException.Kind.CORRUPT, reason, cause);
  }

  private static int checksum(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  /** The body as it is when it does not get smaller. */
  private static byte[] deflate(byte[] body) {
    Deflater deflater = DEFLATER.get();
    try {
      deflater.setInput(body);
      deflater.finish();
      byte[] packed = new byte[body.length];
      int length = deflater.deflate(packed);
      return deflater.finished() ? Arrays.copyOf(packed, length) : body;
    } finally {
      deflater.reset();
    }
  }

  private static byte[] inflate(byte[] packed) {
    Inflater inflater = new Inflater(true);
    try (InflaterInputStream in =
        new InflaterInputStream(new ByteArrayInputStream(packed), inflater)) {
      byte[] body = in.readNBytes(MAX_BODY + 1);
      if (body.length > MAX_BODY) {
        throw corrupt("a value inflates beyond 16 MiB", null);
      }
      return body;
    } catch (IOException e) {
      throw corrupt("deflated body is broken", e);
    } finally {
      inflater.end();
    }
  }
}
