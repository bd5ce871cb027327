package io.podium.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the JVM runs from the archive of classes that the launcher has named. */
final class StartArchive {
  private StartArchive() {}

  /** {@code on}, {@code off}, or {@code unused}: named, but the JVM refused it. */
  static String state() {
    String archive = System.getProperty("podium.archive", "");
    if (archive.isEmpty()) {
      return "off";
    }
    try {
      // The JVM maps an archive that it uses.
      String maps = Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1);
      return maps.contains(archive) ? "on" : "unused";
    } catch (IOException e) {
      return "named";
    }
  }
}
