package io.podium.bench.peak;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/**
 * One second of a load as its process tells it, on one line.
 *
 * @param failed neither answered nor turned away with a time to come back
 * @param faults what was answered instead, as {@code 500:3}; what has no status got no answer
 * @param micros of what was answered, from the intended start
 */
public record Second(
    String phase,
    long offered,
    long answered,
    long notModified,
    long shed,
    long failed,
    String faults,
    Histogram micros) {
  private static final int FIELDS = 8;

  /** How many were answered with a status that is none of those expected. */
  long wrong() {
    long wrong = 0;
    for (String fault : faults.isEmpty() ? new String[0] : faults.split(",", -1)) {
      int colon = fault.indexOf(':');
      wrong += fault.startsWith("0:") ? 0 : Long.parseLong(fault.substring(colon + 1));
    }
    return wrong;
  }

  public String line() {
    ByteBuffer bytes = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
    int length = micros.encodeIntoCompressedByteBuffer(bytes, Deflater.DEFAULT_COMPRESSION);
    byte[] encoded = java.util.Arrays.copyOf(bytes.array(), length);
    return String.join(
        " ",
        phase,
        Long.toString(offered),
        Long.toString(answered),
        Long.toString(notModified),
        Long.toString(shed),
        Long.toString(failed),
        faults.isEmpty() ? "-" : faults,
        Base64.getEncoder().encodeToString(encoded));
  }

  /**
   * @throws IllegalArgumentException when it is no such line
   */
  public static Second parse(String line) {
    String[] fields = line.split(" ", -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("not a second of a load: " + line);
    }
    return new Second(
        fields[0],
        Long.parseLong(fields[1]),
        Long.parseLong(fields[2]),
        Long.parseLong(fields[3]),
        Long.parseLong(fields[4]),
        Long.parseLong(fields[5]),
        fields[6].equals("-") ? "" : fields[6],
        histogram(fields[7]));
  }

  private static Histogram histogram(String text) {
    try {
      return Histogram.decodeFromCompressedByteBuffer(
          ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("no histogram: " + text, e);
    }
  }
}
