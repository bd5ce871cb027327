package io.podium.ranking.archive;

import io.podium.ranking.stream.StreamEntry;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads the entries of one file; leaves out what is damaged, and says where. */
final class FileReader implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int MAX_COMPLAINTS = 5;

  private final ArchiveFile file;
  private final Damage damage;
  private final boolean grows;
  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private long lineNumber;
  private long damagedLines;
  private @Nullable String cut;

  /**
   * @param grows a writer may be in the middle of a write: an end that is torn is then no damage
   * @throws IOException naming the file and the remedy, when it cannot be opened
   */
  FileReader(ArchiveFile file, Damage damage, boolean grows) throws IOException {
    this.file = file;
    this.damage = damage;
    this.grows = grows;
    this.in = new BufferedInputStream(members(open(file.path())), BUFFER);
  }

  private static InputStream open(Path path) throws IOException {
    try {
      return new BufferedInputStream(Files.newInputStream(path), BUFFER);
    } catch (IOException e) {
      String remedy = " cannot be opened; let the updater's user read it, or move it away";
      throw new IOException(path + remedy, e);
    }
  }

  private InputStream members(InputStream raw) throws IOException {
    try {
      return file.packing().open(raw);
    } catch (EOFException | ZipException e) {
      raw.close();
      cut("it does not begin as a " + file.packing().suffix() + " file");
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
        damage.found(file.path(), "line " + lineNumber + " is damaged, left out");
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
      cut = "it ends in the middle of a write";
      if (!grows) {
        cut(cut);
      }
    } catch (ZipException e) {
      cut(String.valueOf(e.getMessage()));
    }
    return false;
  }

  private void cut(String how) {
    cut = how;
    damage.found(file.path(), "after line " + lineNumber + ": " + how);
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
