package io.podium.ranking.archive;

import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.StreamName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file of a series; its name tells the hour (UTC) and its first entry, and sorts in order.
 *
 * @param hour as {@code 20261122T15}
 * @param firstMillis of the first entry's id
 * @param firstOrdinal the first entry's
 */
record ArchiveFile(
    Path path,
    StreamName stream,
    String hour,
    long firstMillis,
    long firstOrdinal,
    Packing packing) {
  private static final Pattern NAME =
      Pattern.compile("([a-z]+)-(\\d{8}T\\d{2})-(\\d{13,})-(\\d+)\\.jsonl\\.(zst|gz)");
  private static final long HOUR_MS = Duration.ofHours(1).toMillis();
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HH").withZone(ZoneOffset.UTC);

  /** Hours since the epoch. */
  static long hour(EntryId id) {
    return Math.floorDiv(id.millis(), HOUR_MS);
  }

  static Path path(Path dir, StreamName stream, EntryId first, long ordinal, Packing packing) {
    return dir.resolve(
        String.format(
            "%s-%s-%013d-%d.jsonl.%s",
            stream.text(),
            HOUR.format(Instant.ofEpochMilli(first.millis())),
            first.millis(),
            ordinal,
            packing.suffix()));
  }

  /** The files of a series, oldest first. */
  static List<ArchiveFile> series(Path dir, StreamName stream) throws IOException {
    if (!Files.isDirectory(dir)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .map(f -> of(f, stream))
          .filter(f -> f != null)
          .sorted(
              Comparator.comparingLong(ArchiveFile::firstMillis)
                  .thenComparingLong(ArchiveFile::firstOrdinal))
          .toList();
    }
  }

  private static @Nullable ArchiveFile of(Path path, StreamName stream) {
    Matcher m = NAME.matcher(path.getFileName().toString());
    return m.matches() && m.group(1).equals(stream.text())
        ? new ArchiveFile(
            path,
            stream,
            m.group(2),
            Long.parseLong(m.group(3)),
            Long.parseLong(m.group(4)),
            Packing.of(m.group(5)))
        : null;
  }
}
