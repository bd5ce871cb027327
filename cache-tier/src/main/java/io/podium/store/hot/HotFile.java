package io.podium.store.hot;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of one engine's hot tier: the first slot of the folder that no living process holds.
 * The operating system drops the lock with the process, however it ends.
 */
final class HotFile implements AutoCloseable {
  private static final int SLOTS = 16;
  private static final String MAGIC = "!net.openhft.chronicle.map";
  private static final String BOOT = boot();

  /** Where the library's header says how long it is, and whether the map is ready. */
  private static final int SIZE_WORD = 8;

  private final Path map;
  private final Path shape;
  private final Path redo;
  private final FileChannel channel;
  private long setAside;

  private HotFile(Path dir, int slot, FileChannel channel) {
    this.map = dir.resolve("hot-" + slot + ".map");
    this.shape = dir.resolve("hot-" + slot + ".shape");
    this.redo = dir.resolve("hot-" + slot + ".redo");
    this.channel = channel;
  }

  static HotFile claim(Path dir) {
    try {
      Files.createDirectories(dir);
      for (int slot = 0; slot < SLOTS; slot++) {
        FileChannel channel =
            FileChannel.open(
                dir.resolve("hot-" + slot + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        if (lock(channel) != null) {
          return new HotFile(dir, slot, channel);
        }
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(dir + " cannot hold the hot tier: " + e.getMessage(), e);
    }
    throw new UncheckedIOException(
        new IOException(SLOTS + " engines use " + dir + " already; give this one another folder"));
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held by another hot tier of this process.
      return null;
    }
  }

  Path map() {
    return map;
  }

  Path redo() {
    return redo;
  }

  /**
   * Whether there is a whole file of this shape: the library would wait a minute for the header of
   * a file that has none, and a shortened file would crash the JVM at the first access behind its
   * end.
   */
  boolean isUsable(HotSettings settings) {
    try {
      return Files.exists(map)
          && Files.exists(shape)
          && isNoted(settings)
          && new String(head(), StandardCharsets.ISO_8859_1).contains(MAGIC);
    } catch (IOException e) {
      return false;
    }
  }

  private byte[] head() throws IOException {
    try (InputStream in = Files.newInputStream(map)) {
      return in.readNBytes(64);
    }
  }

  /** The same shape, and at least as long as noted: a file grows when values are large. */
  private boolean isNoted(HotSettings settings) throws IOException {
    List<String> lines = Files.readAllLines(shape, StandardCharsets.UTF_8);
    return lines.size() >= 2
        && lines.get(0).equals(settings.shape())
        && lines.get(1).matches("\\d{1,18}")
        && Files.size(map) >= Long.parseLong(lines.get(1));
  }

  /**
   * Whether the machine has run on since the file was noted. What a killed process wrote is in the
   * file then, all of it and in order; a machine that went down may have kept any part.
   */
  boolean isOfThisBoot() {
    try {
      List<String> lines = Files.readAllLines(shape, StandardCharsets.UTF_8);
      return lines.size() == 3 && !BOOT.isEmpty() && lines.get(2).equals(BOOT);
    } catch (IOException e) {
      return false;
    }
  }

  /** False while the library creates or recovers the map, and when it was killed meanwhile. */
  boolean isReady() throws IOException {
    try (RandomAccessFile header = new RandomAccessFile(map.toFile(), "r")) {
      return sizeWord(header) >= 0;
    }
  }

  /** Says so of one whose recovery was killed: for that the library would wait for a minute. */
  void makeReady() throws IOException {
    try (RandomAccessFile header = new RandomAccessFile(map.toFile(), "rw")) {
      int word = sizeWord(header);
      header.seek(SIZE_WORD);
      header.writeInt(Integer.reverseBytes(word & Integer.MAX_VALUE));
    }
  }

  /** Little-endian; below 0 as long as the map is not ready. */
  private static int sizeWord(RandomAccessFile header) throws IOException {
    header.seek(SIZE_WORD);
    return Integer.reverseBytes(header.readInt());
  }

  private static String boot() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /** Makes room for a fresh file; what is there is kept beside it, in place of an older one. */
  void begin() {
    try {
      Files.deleteIfExists(shape);
      if (Files.exists(map)) {
        setAside++;
        Files.move(
            map,
            map.resolveSibling(map.getFileName() + ".aside"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(map + " cannot be replaced: " + e.getMessage(), e);
    }
  }

  /**
   * Notes the shape of the file, from when on it can be opened again: in one step, so that a kill
   * leaves the note before or this one.
   */
  void note(HotSettings settings) {
    try {
      List<String> lines = List.of(settings.shape(), Long.toString(Files.size(map)), BOOT);
      Path fresh = shape.resolveSibling(shape.getFileName() + ".new");
      Files.write(fresh, lines, StandardCharsets.UTF_8);
      Files.move(fresh, shape, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(shape + " cannot be written: " + e.getMessage(), e);
    }
  }

  long setAside() {
    return setAside;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
