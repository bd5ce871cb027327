package io.podium.ranking.cli;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a file as bytes, gzip or not. A line longer than the limit is cut right behind it,
 * so that memory stays bounded and the reader can tell that it is too long.
 */
final class EventLines implements Closeable {
  private static final int BUFFER = 1 << 16;
  private static final int GZIP_MAGIC = 0x1f8b;

  private final InputStream in;
  private final int limit;
  private final byte[] buffer = new byte[BUFFER];
  private byte[] line = new byte[1024];
  private int length;
  private int from;
  private int to;
  private long number;

  private EventLines(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /**
   * @param limit bytes of a line at most; one more is kept of a line that is longer
   */
  static EventLines of(InputStream raw, int limit) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw, BUFFER);
    in.mark(2);
    int magic = (in.read() << 8) | in.read();
    in.reset();
    return new EventLines(magic == GZIP_MAGIC ? new GZIPInputStream(in, BUFFER) : in, limit);
  }

  /** The next line that is not blank, without its end; null after the last. */
  byte @Nullable [] next() throws IOException {
    while (read()) {
      number++;
      if (!isBlank()) {
        return Arrays.copyOf(line, length);
      }
    }
    return null;
  }

  private boolean isBlank() {
    for (int i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private boolean read() throws IOException {
    length = 0;
    boolean any = false;
    while (from < to || fill()) {
      any = true;
      int end = from;
      while (end < to && buffer[end] != '\n') {
        end++;
      }
      append(from, end);
      boolean complete = end < to;
      from = complete ? end + 1 : end;
      if (complete) {
        break;
      }
    }
    return any;
  }

  /** 1-based number of the line that was read last. */
  long number() {
    return number;
  }

  private boolean fill() throws IOException {
    from = 0;
    to = Math.max(0, in.read(buffer));
    return to > 0;
  }

  private void append(int start, int end) {
    int added = Math.min(end - start, limit + 1 - length);
    if (length + added > line.length) {
      line = Arrays.copyOf(line, Math.max(length + added, 2 * line.length));
    }
    System.arraycopy(buffer, start, line, length, added);
    length += added;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
