package io.podium.chaos.drill;

import io.podium.backends.BackendException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Where reports go, and where the processes of a run keep their data. One run at a time; what a run
 * that was killed left there is removed by the next one.
 */
final class DrillFolder implements AutoCloseable {
  private final Path dir;
  private final FileChannel channel;

  private DrillFolder(Path dir, FileChannel channel) {
    this.dir = dir;
    this.channel = channel;
  }

  static DrillFolder open(Path where) throws IOException {
    Path dir = where.toAbsolutePath().normalize();
    FileChannel channel;
    try {
      Files.createDirectories(dir);
      channel =
          FileChannel.open(
              dir.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new BackendException(dir + " cannot be written: name another place: --out DIR", e);
    }
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new BackendException(
          "another run of drills uses " + dir + ": end it, or name another place: --out DIR", null);
    }
    DrillFolder folder = new DrillFolder(dir, channel);
    Stage.delete(folder.stacks());
    Files.createDirectories(folder.stacks());
    return folder;
  }

  /** Data and logs of processes; of what failed they stay until the next run. */
  Path stacks() {
    return dir.resolve("stacks");
  }

  Path file(String name) {
    return dir.resolve(name);
  }

  Path report() {
    return dir.resolve("report.html");
  }

  /** The report of all drills that were run so far. */
  void write(List<Report> reports, List<String> leftOut) throws IOException {
    Files.writeString(report(), new HtmlReport(reports, leftOut).text());
  }

  @Override
  public void close() throws IOException {
    try (var left = Files.list(stacks())) {
      if (left.findAny().isEmpty()) {
        Files.delete(stacks());
      }
    }
    channel.close();
    Files.deleteIfExists(dir.resolve(".lock"));
  }
}
