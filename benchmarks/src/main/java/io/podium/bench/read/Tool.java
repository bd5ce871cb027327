package io.podium.bench.read;

import io.podium.bench.MeasurementException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs of the system that a measurement needs. */
final class Tool {
  private Tool() {}

  /**
   * @param install the command that brings it
   * @throws MeasurementException when it is not there
   */
  static String find(String name, String install) {
    List<String> folders = new ArrayList<>(List.of("/usr/sbin", "/usr/local/sbin"));
    folders.addAll(List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)));
    for (String folder : folders) {
      Path program = Path.of(folder, name);
      if (Files.isExecutable(program)) {
        return program.toString();
      }
    }
    throw new MeasurementException(name + " is not installed: " + install);
  }
}
