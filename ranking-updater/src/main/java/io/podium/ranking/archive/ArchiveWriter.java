package io.podium.ranking.archive;

import io.podium.ranking.stream.Position;
import io.podium.ranking.stream.Positions;
import io.podium.ranking.stream.StreamEntry;
import io.podium.ranking.stream.StreamName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends entries of one stream to its series. Blocks on the disk; owned by one thread, except
 * {@link #safe}.
 */
final class ArchiveWriter implements AutoCloseable {
  /** Of lines that are packed together while a file is mended. */
  private static final int MEMBER = 1 << 20;

  private final Path dir;
  private final StreamName stream;
  private final long maxFileBytes;
  private final Damage damage;
  private final Packing packing;
  private final Lines lines = new Lines();
  private @Nullable FileChannel file;
  private long hour;
  private volatile Position safe = Position.START;

  ArchiveWriter(Path dir, StreamName stream, long maxFileBytes, Damage damage) {
    this(dir, stream, maxFileBytes, damage, Packing.preferred());
  }

  /**
   * @param packing of files that are begun; older ones stay as they are
   */
  ArchiveWriter(Path dir, StreamName stream, long maxFileBytes, Damage damage, Packing packing) {
    this.packing = packing;
    this.dir = dir;
    this.stream = stream;
    this.maxFileBytes = maxFileBytes;
    this.damage = damage;
  }

  /** Finds where the last life stopped. A file that it left torn is made whole. */
  void open() throws IOException {
    Files.createDirectories(dir);
    List<ArchiveFile> files = ArchiveFile.series(dir, stream);
    for (int i = files.size() - 1; i >= 0 && safe.equals(Position.START); i--) {
      safe = last(files.get(i));
    }
  }

  private Position last(ArchiveFile file) throws IOException {
    Position last = Position.START;
    String cut;
    try (FileReader reader = new FileReader(file, damage, false)) {
      for (StreamEntry e = reader.next(); e != null; e = reader.next()) {
        last = e.position();
      }
      cut = reader.cut();
    }
    if (cut != null) {
      mend(file);
    }
    return last;
  }

  /** Keeps what can be read, and the torn file beside it under another name. */
  private void mend(ArchiveFile file) throws IOException {
    Path whole = file.path().resolveSibling(file.path().getFileName() + ".tmp");
    boolean any = false;
    try (FileReader reader = new FileReader(file, damage, false);
        OutputStream out = Files.newOutputStream(whole)) {
      lines.reset();
      for (StreamEntry e = reader.next(); e != null; e = reader.next()) {
        ArchiveLine.write(e, lines);
        any = true;
        if (lines.size() > MEMBER) {
          write(file.packing().pack(lines), out);
          lines.reset();
        }
      }
      write(file.packing().pack(lines), out);
    }
    Path aside = file.path().resolveSibling(file.path().getFileName() + ".damaged");
    Files.move(file.path(), aside, StandardCopyOption.REPLACE_EXISTING);
    damage.found(file.path(), "set aside as " + aside.getFileName() + "; what can be read is kept");
    if (any) {
      Files.move(whole, file.path(), StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.delete(whole);
    }
  }

  private static void write(ByteBuffer member, OutputStream out) throws IOException {
    out.write(member.array(), member.arrayOffset() + member.position(), member.remaining());
  }

  /** Appends and forces to disk. The entries are in order, after {@link #safe}. */
  void append(List<StreamEntry> entries) throws IOException {
    int from = 0;
    while (from < entries.size()) {
      long next = ArchiveFile.hour(entries.get(from).id());
      int to = from + 1;
      while (to < entries.size() && ArchiveFile.hour(entries.get(to).id()) == next) {
        to++;
      }
      rotate(entries.get(from), next);
      write(entries.subList(from, to));
      from = to;
    }
  }

  private void rotate(StreamEntry first, long nextHour) throws IOException {
    FileChannel current = file;
    if (current != null && hour == nextHour && current.size() < maxFileBytes) {
      return;
    }
    if (current != null) {
      current.close();
    }
    long ordinal = first.isNumbered() ? first.ordinal() : safe.ordinal() + 1;
    file =
        FileChannel.open(
            ArchiveFile.path(dir, stream, first.id(), ordinal, packing),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
    hour = nextHour;
  }

  private void write(List<StreamEntry> entries) throws IOException {
    lines.reset();
    entries.forEach(e -> ArchiveLine.write(e, lines));
    ByteBuffer member = packing.pack(lines);
    FileChannel current = file;
    if (current == null) {
      throw new IllegalStateException("no file is open");
    }
    long end = current.size();
    try {
      while (member.hasRemaining()) {
        current.write(member);
      }
      current.force(true);
    } catch (IOException e) {
      // What comes behind half a member could not be read: it is cut off, or a file of its own.
      try {
        current.truncate(end);
      } catch (IOException again) {
        e.addSuppressed(again);
        close();
      }
      throw e;
    }
    safe = entries.get(entries.size() - 1).position();
  }

  /** The last entry that is on disk. */
  Position safe() {
    return safe;
  }

  /** Deletes files whose successor began before {@code keep} ago. */
  void prune(long nowMillis, Duration keep) throws IOException {
    List<ArchiveFile> files = ArchiveFile.series(dir, stream);
    for (int i = 0; i + 1 < files.size(); i++) {
      ArchiveFile next = files.get(i + 1);
      if (next.firstMillis() < nowMillis - keep.toMillis()) {
        Pruned.write(dir, stream, next.firstOrdinal() - 1);
        Files.deleteIfExists(files.get(i).path());
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  /** What a new position in both streams is, for the archiver. */
  static Positions positions(ArchiveWriter events, ArchiveWriter products) {
    return new Positions(events.safe(), products.safe());
  }
}
