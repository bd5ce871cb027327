package io.podium.backends;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/** Finds a real redis-server: the one on the PATH, else the one that embedded-redis carries. */
final class RedisBinary {
  private RedisBinary() {}

  /**
   * @param dir where the carried binary is copied to, and stays for restarts
   */
  static Path find(Path dir) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, "redis-server");
      if (Files.isExecutable(candidate)) {
        return candidate;
      }
    }
    return carried(dir.resolve("bin"));
  }

  private static Path carried(Path bin) {
    try {
      Files.createDirectories(bin);
      File file = ExecutableProvider.newJarResourceProvider(bin.toFile()).get();
      return file.toPath();
    } catch (IOException | RuntimeException e) {
      throw new BackendException(
          "no redis-server for this system; install Redis 6.2 or newer so that it is on the PATH",
          e);
    }
  }
}
