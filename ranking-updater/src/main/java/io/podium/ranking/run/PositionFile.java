package io.podium.ranking.run;

import io.podium.ranking.stream.EntryId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How far a card keeper has come, beside the state of the store that it fills. Not forced to disk:
 * an older position only means that some changes are merged again.
 */
final class PositionFile {
  private final Path file;

  /**
   * @param store which life of the store the position belongs to
   */
  record Mark(String store, EntryId id) {
    static final Mark NONE = new Mark("", EntryId.START);
  }

  PositionFile(Path file) {
    this.file = file;
  }

  Mark read() throws IOException {
    if (!Files.exists(file)) {
      return Mark.NONE;
    }
    String[] words = Files.readString(file, StandardCharsets.UTF_8).trim().split(" ", 2);
    try {
      return new Mark(words.length > 1 ? words[1] : "", EntryId.parse(words[0]));
    } catch (IllegalArgumentException e) {
      return Mark.NONE;
    }
  }

  void write(Mark mark) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".tmp");
    Files.writeString(beside, mark.id() + " " + mark.store() + "\n", StandardCharsets.UTF_8);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
