package io.podium.ranking.archive;

import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.StreamEntry;
import io.podium.ranking.stream.StreamName;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** One entry as a line of JSON, and back, byte for byte; a line of another version is none. */
final class ArchiveLine {
  private static final String START = "{\"v\":1,\"id\":\"";
  private static final byte[] HEAD = START.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ORDINAL = "\",\"n\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CHECKSUM = ",\"c\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENT = ",\"event\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DAMAGED = ",\"damaged\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_HEAD = 120;
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long LINE_FEEDS = ONES * '\n';
  private static final long RETURNS = ONES * '\r';

  private ArchiveLine() {}

  static void write(StreamEntry entry, Lines out) {
    int start = out.size();
    out.writeBytes(HEAD);
    out.number(entry.id().millis());
    out.write('-');
    out.number(entry.id().sequence());
    out.writeBytes(ORDINAL);
    out.number(entry.ordinal());
    if (entry.intact() && isOneLine(entry.event())) {
      long checksum = out.checksum(start, entry.event());
      out.writeBytes(CHECKSUM);
      out.hex(checksum);
      out.write('"');
      out.writeBytes(EVENT);
      out.writeBytes(entry.event());
    } else {
      // What came damaged is kept as it came, so that a replay counts it the same.
      out.writeBytes(DAMAGED);
      out.writeBytes(Base64.getEncoder().encode(entry.event()));
      out.write('"');
    }
    out.write('}');
    out.write('\n');
  }

  /** Over id and ordinal as well: they too must be what they were. */
  private static String checksum(byte[] head, byte[] event) {
    CRC32C crc = new CRC32C();
    crc.update(head);
    crc.update(event);
    return Long.toHexString(crc.getValue());
  }

  private static boolean isOneLine(byte[] event) {
    int at = 0;
    for (; at + Long.BYTES <= event.length; at += Long.BYTES) {
      long eight = (long) EIGHT.get(event, at);
      if (hasZero(eight ^ LINE_FEEDS) || hasZero(eight ^ RETURNS)) {
        return false;
      }
    }
    for (; at < event.length; at++) {
      if (event[at] == '\n' || event[at] == '\r') {
        return false;
      }
    }
    return event.length > 0;
  }

  /** Whether one of the eight bytes is 0. */
  private static boolean hasZero(long eight) {
    return ((eight - ONES) & ~eight & ONES << 7) != 0;
  }

  /** The entry; null when the line is not as it was written. */
  static @Nullable StreamEntry parse(StreamName stream, byte[] line) {
    try {
      int event = indexOf(line, EVENT);
      int damaged = event < 0 ? indexOf(line, DAMAGED) : -1;
      int headEnd = event >= 0 ? event : damaged;
      if (headEnd < 0 || line[line.length - 1] != '}') {
        return null;
      }
      String head = new String(line, 0, headEnd, StandardCharsets.US_ASCII);
      if (!head.startsWith(START)) {
        return null;
      }
      EntryId id = EntryId.parse(between(head, START, "\""));
      if (damaged >= 0) {
        long ordinal = Long.parseLong(head.substring(head.indexOf("\"n\":") + 4));
        byte[] code = Arrays.copyOfRange(line, damaged + DAMAGED.length, line.length - 2);
        return new StreamEntry(stream, id, ordinal, Base64.getDecoder().decode(code), false);
      }
      long ordinal = Long.parseLong(between(head, "\"n\":", ","));
      byte[] bytes = Arrays.copyOfRange(line, event + EVENT.length, line.length - 1);
      int checksumAt = head.indexOf(",\"c\":\"");
      if (checksumAt < 0) {
        return null;
      }
      byte[] headBytes = Arrays.copyOf(line, checksumAt);
      boolean agrees = checksum(headBytes, bytes).equals(between(head, "\"c\":\"", "\""));
      return agrees ? new StreamEntry(stream, id, ordinal, bytes, true) : null;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static String between(String text, String before, String after) {
    int start = text.indexOf(before) + before.length();
    return text.substring(start, text.indexOf(after, start));
  }

  private static int indexOf(byte[] line, byte[] pattern) {
    int last = Math.min(line.length - pattern.length, LONGEST_HEAD);
    for (int i = 0; i <= last; i++) {
      if (Arrays.equals(line, i, i + pattern.length, pattern, 0, pattern.length)) {
        return i;
      }
    }
    return -1;
  }
}
