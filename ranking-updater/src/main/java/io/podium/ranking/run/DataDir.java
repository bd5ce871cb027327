package io.podium.ranking.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The folder of one updater, taken for this process: two on one folder would mix their files. */
final class DataDir implements AutoCloseable {
  private final FileChannel channel;

  private DataDir(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws IOException saying what helps: it is taken, or cannot be written
   */
  static DataDir take(Path dir) throws IOException {
    try {
      Files.createDirectories(dir);
    } catch (IOException e) {
      throw new IOException(dir + " cannot be created; set updater.dataDir to a folder", e);
    }
    FileChannel channel =
        FileChannel.open(dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw new IOException(
          dir + " belongs to another running updater; set updater.dataDir to another folder");
    }
    return new DataDir(channel);
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
