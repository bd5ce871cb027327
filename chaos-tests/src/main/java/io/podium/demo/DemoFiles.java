package io.podium.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The demo's folder: data of every process, logs, configuration, storefront. One demo at a time.
 */
final class DemoFiles implements AutoCloseable {
  private static final long LEAST_FREE = 512L << 20;
  private static final List<String> SITE =
      List.of(
          "index.html",
          "style.css",
          "app.js",
          "api.js",
          "view.js",
          "text.js",
          "shapes.js",
          "icon.svg",
          "taxonomy.json");

  private final Path dir;
  private final boolean keep;
  private final FileChannel channel;
  private final FileLock lock;

  private DemoFiles(Path dir, boolean keep, FileChannel channel, FileLock lock) {
    this.dir = dir;
    this.keep = keep;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * @param given kept, and gone on with when it was used before; null: {@code fresh}, emptied first
   *     and removed at the end
   */
  static DemoFiles open(@Nullable Path given, Path fresh) {
    Path dir = (given == null ? fresh : given).toAbsolutePath().normalize();
    try {
      Files.createDirectories(dir);
      if (Files.getFileStore(dir).getUsableSpace() < LEAST_FREE) {
        throw new DemoException(
            "less than 512 MiB free for %s: free some, or name another place: --data DIR"
                .formatted(dir));
      }
      FileChannel channel =
          FileChannel.open(
              dir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = lock(channel, dir);
      if (given == null) {
        deleteBelow(dir);
      }
      return new DemoFiles(dir, given != null, channel, lock);
    } catch (IOException e) {
      throw new DemoException(
          "cannot write to %s (%s): name another place: --data DIR".formatted(dir, e));
    }
  }

  private static FileLock lock(FileChannel channel, Path dir) throws IOException {
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new DemoException(
          "another demo uses %s: end it, or name another place: --data DIR".formatted(dir));
    }
    return lock;
  }

  Path dir() {
    return dir;
  }

  Path folder(String name) throws IOException {
    return Files.createDirectories(dir.resolve(name));
  }

  Path log(String name) throws IOException {
    return folder("logs").resolve(name + ".log");
  }

  /** Whether the shop's past was told to this folder's stores already. */
  boolean isOpened() {
    return Files.exists(dir.resolve("opened"));
  }

  void markOpened() throws IOException {
    Files.writeString(dir.resolve("opened"), "");
  }

  /** JSON, which is YAML as well. */
  Path writeConfig(Map<String, Object> config) throws IOException {
    Path file = dir.resolve("demo.yaml");
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), config);
    return file;
  }

  /** Copies the storefront out of the jar, for the engine to serve. */
  Path site() throws IOException {
    Path site = folder("site");
    // Of a demo before this one, at another address.
    Files.deleteIfExists(site.resolve("operator.json"));
    for (String name : SITE) {
      try (InputStream in = DemoFiles.class.getResourceAsStream("/site/" + name)) {
        if (in == null) {
          throw new IOException("the storefront's " + name + " is missing from the build");
        }
        Files.copy(in, site.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return site;
  }

  /** One more file for the storefront, which the engine reads when it starts. */
  void tellSite(String name, Map<String, Object> json) throws IOException {
    new ObjectMapper().writeValue(folder("site").resolve(name).toFile(), json);
  }

  @Override
  public void close() throws IOException {
    lock.release();
    channel.close();
    if (!keep) {
      deleteBelow(dir);
      Files.deleteIfExists(dir.resolve("lock"));
      Files.deleteIfExists(dir);
    }
  }

  private static void deleteBelow(Path dir) throws IOException {
    Files.walkFileTree(
        dir,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes a) throws IOException {
            if (!file.equals(dir.resolve("lock"))) {
              Files.deleteIfExists(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path d, @Nullable IOException e)
              throws IOException {
            if (!d.equals(dir)) {
              Files.deleteIfExists(d);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
