package io.podium.bench;

import io.podium.backends.BackendException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Temporary folders of a measurement. */
public final class Scratch {
  private Scratch() {}

  /** What is measured in a folder. */
  @FunctionalInterface
  public interface Work<T> {
    T in(Path dir) throws IOException;
  }

  /**
   * Works in a folder that is gone afterwards.
   *
   * @throws MeasurementException when files or stores fail it
   */
  public static <T> T use(Work<T> work) {
    try {
      Path dir = create();
      try {
        return work.in(dir);
      } finally {
        delete(dir);
      }
    } catch (BackendException | IOException e) {
      throw new MeasurementException(String.valueOf(e.getMessage()), e);
    }
  }

  /** A folder that servers which drop their rights can read; {@link #delete} it. */
  public static Path create() throws IOException {
    Path dir = Files.createTempDirectory("podium-bench");
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    return dir;
  }

  public static void delete(Path dir) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(dir)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.deleteIfExists(path);
    }
  }
}
