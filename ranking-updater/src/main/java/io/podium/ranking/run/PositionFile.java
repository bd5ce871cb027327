package io.podium.ranking.run;

import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.Position;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a card keeper has come, beside the life of the store that it fills. Not forced to disk:
 * an older position only means that some changes are merged again.
 */
final class PositionFile {
  private static final Logger LOG = LoggerFactory.getLogger(PositionFile.class);

  private final Path file;

  /**
   * @param store which life of the store the position belongs to
   */
  record Mark(String store, Position position) {
    static final Mark NONE = new Mark("", Position.START);
  }

  PositionFile(Path file) {
    this.file = file;
  }

  Mark read() throws IOException {
    if (!Files.exists(file)) {
      return Mark.NONE;
    }
    String[] words = Files.readString(file, StandardCharsets.UTF_8).trim().split(" ", 3);
    try {
      Position position = new Position(EntryId.parse(words[0]), Long.parseLong(words[1]));
      return new Mark(words.length > 2 ? words[2] : "", position);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      LOG.warn("{} cannot be read: the changes that the stream holds are merged again", file);
      return Mark.NONE;
    }
  }

  void write(Mark mark) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    Position at = mark.position();
    String line = at.id() + " " + at.ordinal() + " " + mark.store() + "\n";
    Files.writeString(beside, line, StandardCharsets.UTF_8);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
