package io.podium.ranking.run;

import io.podium.ranking.archive.Damage;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The checkpoint files of one updater: the two newest are kept. A file is complete or not there: it
 * is written beside, forced to disk, renamed, and the rename forced too. It ends with its length
 * and CRC32C; one that does not agree is set aside under another name and the older one is used.
 */
public final class CheckpointFiles {
  private static final String PREFIX = "checkpoint-";
  private static final String SUFFIX = ".bin";
  private static final int KEPT = 2;
  private static final int TRAILER = 16;
  private static final int BUFFER = 1 << 16;

  private final Path dir;
  private final Runnable between;

  public CheckpointFiles(Path dir) {
    this(dir, () -> {});
  }

  /**
   * @param between called between any two steps of a write: where a process can be cut off
   */
  CheckpointFiles(Path dir, Runnable between) {
    this.dir = dir;
    this.between = between;
  }

  /** Writes the whole of a checkpoint. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Blocks on the disk. */
  public Path write(long takenAt, Content content) throws IOException {
    Files.createDirectories(dir);
    Path target = dir.resolve(PREFIX + String.format("%015d", number(takenAt)) + SUFFIX);
    Path beside = dir.resolve(target.getFileName() + ".tmp");
    try (FileChannel file =
        FileChannel.open(
            beside,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      CRC32C crc = new CRC32C();
      OutputStream out =
          new BufferedOutputStream(
              new CheckedOutputStream(Channels.newOutputStream(file), crc), BUFFER);
      between.run();
      content.writeTo(out);
      out.flush();
      between.run();
      ByteBuffer trailer = ByteBuffer.allocate(TRAILER);
      trailer.putLong(file.position()).putLong(crc.getValue()).flip();
      while (trailer.hasRemaining()) {
        file.write(trailer);
      }
      between.run();
      file.force(true);
    }
    between.run();
    Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    between.run();
    Directories.force(dir);
    between.run();
    dropOld();
    between.run();
    return target;
  }

  /** After all that are there, also when the clock was set back. */
  private long number(long takenAt) throws IOException {
    long number = takenAt;
    for (Path file : newestFirst()) {
      String digits = name(file).replaceAll("[^0-9]", "");
      if (!digits.isEmpty() && digits.length() <= 18) {
        number = Math.max(number, Long.parseLong(digits) + 1);
      }
    }
    return number;
  }

  private void dropOld() throws IOException {
    List<Path> files = newestFirst();
    for (Path old : files.subList(Math.min(KEPT, files.size()), files.size())) {
      Files.deleteIfExists(old);
    }
  }

  /** Files that are there, newest first. */
  public List<Path> newestFirst() throws IOException {
    if (!Files.isDirectory(dir)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(dir)) {
      return new ArrayList<>(
          files
              .filter(f -> name(f).startsWith(PREFIX) && name(f).endsWith(SUFFIX))
              .sorted(Comparator.comparing(CheckpointFiles::name).reversed())
              .toList());
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** What reads a checkpoint. */
  @FunctionalInterface
  public interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  /**
   * Reads one file whose checksum agrees.
   *
   * @throws IOException naming what is wrong
   */
  public static <T> T read(Path file, Reader<T> reader) throws IOException {
    check(file);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      return reader.read(in);
    }
  }

  private static void check(Path file) throws IOException {
    long length = Files.size(file) - TRAILER;
    if (length < 0) {
      throw new IOException("it is cut off");
    }
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      CheckedInputStream in = new CheckedInputStream(raw, new CRC32C());
      in.skipNBytes(length);
      long crc = in.getChecksum().getValue();
      DataInputStream trailer = new DataInputStream(raw);
      if (trailer.readLong() != length || trailer.readLong() != crc) {
        throw new IOException("its checksum does not agree");
      }
    }
  }

  /** Renames a file that cannot be used, so that nobody tries it again, and says so. */
  static void setAside(Path file, Exception reason, Damage damage) {
    Path aside = file.resolveSibling(name(file) + ".damaged");
    String what = "this checkpoint cannot be used (" + reason.getMessage() + "); ";
    try {
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
      damage.found(file, what + "it is set aside as " + aside.getFileName());
    } catch (IOException e) {
      damage.found(file, what + "it is passed over, and cannot be renamed: " + e.getMessage());
    }
  }
}
