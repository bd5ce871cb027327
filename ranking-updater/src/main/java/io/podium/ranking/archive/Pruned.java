package io.podium.ranking.archive;

import io.podium.ranking.stream.StreamName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What a series forgot because of its age: entries up to an ordinal. */
public final class Pruned {
  private Pruned() {}

  static void write(Path dir, StreamName stream, long ordinal) throws IOException {
    Path beside = dir.resolve(stream.text() + ".pruned.tmp");
    Files.writeString(beside, Long.toString(ordinal), StandardCharsets.US_ASCII);
    Files.move(beside, path(dir, stream), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path path(Path dir, StreamName stream) {
    return dir.resolve(stream.text() + ".pruned");
  }

  /** The last ordinal that every one of the folders has forgotten by age; 0: none has. */
  public static long upTo(List<Path> dirs, StreamName stream) throws IOException {
    long least = Long.MAX_VALUE;
    for (Path dir : dirs) {
      if (!ArchiveFile.series(dir, stream).isEmpty()) {
        least = Math.min(least, upTo(dir, stream));
      }
    }
    return least == Long.MAX_VALUE ? 0 : least;
  }

  private static long upTo(Path dir, StreamName stream) throws IOException {
    Path file = path(dir, stream);
    try {
      return Files.exists(file)
          ? Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII).trim())
          : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
