package io.podium.store.hot;

import java.nio.file.Path;

/**
 * Where the hot tier lives and how large it may become; a file made with other sizes is set aside.
 *
 * @param dir folder for the file; several engines may name the same folder, each takes a slot of
 *     its own
 * @param entries values held at most; from there on the least used go
 * @param averageBytes of a value; the file is about entries times this, and grows beyond only when
 *     values are larger
 * @param largestBytes of one value; larger ones are refused
 */
public record HotSettings(Path dir, int entries, int averageBytes, int largestBytes) {
  public HotSettings {
    if (entries < 16 || averageBytes < 16 || largestBytes < averageBytes) {
      throw new IllegalArgumentException("entries and averageBytes from 16, largest from average");
    }
    if ((long) entries * averageBytes < 2L * largestBytes) {
      throw new IllegalArgumentException("entries x averageBytes must hold two of the largest");
    }
  }

  /** What the file's shape depends on, as one line. */
  String shape() {
    return "podium-hot v2 entries="
        + entries
        + " average="
        + averageBytes
        + " largest="
        + largestBytes;
  }
}
