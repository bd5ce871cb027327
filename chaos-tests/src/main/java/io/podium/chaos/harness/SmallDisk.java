package io.podium.chaos.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A small file system in memory, mounted over a folder. It goes with this JVM, however that ends: a
 * watcher beside it reads a pipe that only the JVM holds open, and unmounts when the pipe closes.
 */
public final class SmallDisk implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  /** Lazily: a process may hold its files for a moment after it is gone. */
  private static final String MOUNTED_WHILE_READ =
      "trap '' INT HUP TERM; mount -t tmpfs -o size=$1 tmpfs \"$0\" || exit 1; echo mounted;"
          + " cat >/dev/null; umount -l \"$0\"";

  private final Process watcher;

  private SmallDisk(Process watcher) {
    this.watcher = watcher;
  }

  /**
   * @param size as mount takes it, as 8m
   */
  public static SmallDisk over(Path dir, String size) throws IOException {
    Process watcher =
        new ProcessBuilder("/bin/sh", "-c", MOUNTED_WHILE_READ, dir.toString(), size)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (watcher.inputReader().readLine() == null) {
      throw new IOException("no file system can be mounted over " + dir);
    }
    return new SmallDisk(watcher);
  }

  /** Whether this user may mount here. */
  public static boolean isPossible() {
    try {
      Path dir = Files.createTempDirectory("podium-mount");
      try {
        over(dir, "1m").close();
        return true;
      } finally {
        Files.delete(dir);
      }
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    watcher.getOutputStream().close();
    try {
      if (!watcher.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || watcher.exitValue() != 0) {
        throw new IOException("a small file system cannot be unmounted");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
