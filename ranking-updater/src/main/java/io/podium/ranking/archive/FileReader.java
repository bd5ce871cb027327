package io.podium.ranking.archive;

import io.podium.ranking.stream.StreamEntry;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the entries of one file; leaves out what is damaged, and says where. */
final class FileReader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FileReader.class);
  private static final int BUFFER = 1 << 16;
  private static final int MAX_COMPLAINTS = 5;

  private final ArchiveFile file;
  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long lineNumber;
  private long damagedLines;
  private @Nullable String cut;

  FileReader(ArchiveFile file) throws IOException {
    this.file = file;
    InputStream raw = new BufferedInputStream(Files.newInputStream(file.path()), BUFFER);
    this.in = new BufferedInputStream(open(raw), BUFFER);
  }

  private InputStream open(InputStream raw) throws IOException {
    try {
      return new GZIPInputStream(raw, BUFFER);
    } catch (EOFException | ZipException e) {
      raw.close();
      cut("it does not begin as a gzip file");
      return InputStream.nullInputStream();
    }
  }

  /** The next whole entry; null at the end. */
  @Nullable StreamEntry next() throws IOException {
    while (readLine()) {
      lineNumber++;
      StreamEntry entry = ArchiveLine.parse(file.stream(), line.toByteArray());
      if (entry != null) {
        return entry;
      }
      damagedLines++;
      if (damagedLines <= MAX_COMPLAINTS) {
        LOG.warn("{}, line {}: damaged, left out", file.path(), lineNumber);
      }
    }
    return null;
  }

  private boolean readLine() throws IOException {
    line.reset();
    try {
      for (int b = in.read(); b >= 0; b = in.read()) {
        if (b == '\n') {
          return true;
        }
        line.write(b);
      }
    } catch (EOFException e) {
      cut("it ends in the middle of a write");
    } catch (ZipException e) {
      cut("its compressed data is damaged: " + e.getMessage());
    }
    return false;
  }

  private void cut(String how) {
    cut = how;
    LOG.warn("{}, after line {}: {}", file.path(), lineNumber, how);
  }

  /** Why the file could not be read to its end; null when it could. */
  @Nullable String cut() {
    return cut;
  }

  long damagedLines() {
    return damagedLines;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
