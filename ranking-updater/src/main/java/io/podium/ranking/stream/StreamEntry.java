package io.podium.ranking.stream;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** One event in its stream. Immutable, as long as nobody writes into {@link #event}. */
public final class StreamEntry {
  private static final String VERSION = "1.";

  private final StreamName stream;
  private final EntryId id;
  private final long ordinal;
  private final byte[] event;
  private final boolean intact;

  /**
   * @param ordinal 1 for the first entry of the stream's life, then one more each; 0 when it cannot
   *     be read, and then the entry is not intact
   * @param event CloudEvents JSON, UTF-8; not copied
   * @param intact the bytes agree with the checksum that was stored with them
   */
  public StreamEntry(StreamName stream, EntryId id, long ordinal, byte[] event, boolean intact) {
    this.stream = stream;
    this.id = id;
    this.ordinal = ordinal;
    this.event = event;
    this.intact = intact;
  }

  public StreamName stream() {
    return stream;
  }

  public EntryId id() {
    return id;
  }

  public boolean isNumbered() {
    return ordinal > 0;
  }

  public long ordinal() {
    return ordinal;
  }

  public byte[] event() {
    return event;
  }

  public boolean intact() {
    return intact;
  }

  public Position position() {
    return new Position(id, ordinal);
  }

  public String text() {
    return new String(event, StandardCharsets.UTF_8);
  }

  /** Version of the stored format, and CRC32C in hex, as they are stored beside an event. */
  public static String checksum(byte[] event) {
    CRC32C crc = new CRC32C();
    crc.update(event);
    return VERSION + Long.toHexString(crc.getValue());
  }

  /** Whether the stored text is {@link #checksum} of the event; in upper or lower case. */
  static boolean isChecksum(byte[] stored, byte[] event) {
    int at = VERSION.length();
    if (stored.length <= at || stored.length > at + 8) {
      return false;
    }
    for (int i = 0; i < at; i++) {
      if (stored[i] != VERSION.charAt(i)) {
        return false;
      }
    }
    long value = 0;
    for (; at < stored.length; at++) {
      int digit = Character.digit(stored[at], 16);
      if (digit < 0) {
        return false;
      }
      value = value << 4 | digit;
    }
    CRC32C crc = new CRC32C();
    crc.update(event);
    return crc.getValue() == value;
  }
}
