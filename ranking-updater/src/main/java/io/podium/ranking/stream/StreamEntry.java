package io.podium.ranking.stream;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * One event in its stream.
 *
 * @param ordinal 1 for the first entry of the stream's life, then one more each
 * @param event CloudEvents JSON, UTF-8; not to be changed
 * @param intact the bytes agree with the checksum that was stored with them
 */
public record StreamEntry(
    StreamName stream, EntryId id, long ordinal, byte[] event, boolean intact) {

  public Position position() {
    return new Position(id, ordinal);
  }

  public String text() {
    return new String(event, StandardCharsets.UTF_8);
  }

  /** Hex CRC32C, as it is stored beside an event. */
  public static String checksum(byte[] event) {
    CRC32C crc = new CRC32C();
    crc.update(event);
    return Long.toHexString(crc.getValue());
  }
}
