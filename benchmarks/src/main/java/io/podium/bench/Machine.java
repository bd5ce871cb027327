package io.podium.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the figures were taken. */
final class Machine {
  private Machine() {}

  /** Name to text, in order. */
  static Map<String, String> describe() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("processor", find(Path.of("/proc/cpuinfo"), "model name"));
    all.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    all.put("memory", find(Path.of("/proc/meminfo"), "MemTotal"));
    all.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    all.put("jdk", System.getProperty("java.vm.version") + ", " + property("java.vendor"));
    all.put("load", firstLine(Path.of("/proc/loadavg")));
    all.put("commit", commit());
    return all;
  }

  /** Of the checkout that the launcher stands in; with a plus when it was changed since. */
  private static String commit() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty=+", "--abbrev=12")
              .directory(Path.of(System.getProperty("podium.home", ".")).toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var out = git.inputReader(StandardCharsets.UTF_8)) {
        String line = out.readLine();
        return line == null ? "unknown" : line;
      }
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static String find(Path file, String key) {
    for (String line : read(file).lines().toList()) {
      if (line.startsWith(key)) {
        return line.substring(line.indexOf(':') + 1).strip();
      }
    }
    return "unknown";
  }

  private static String firstLine(Path file) {
    return read(file).lines().findFirst().orElse("unknown");
  }

  /** Empty where the system has no such file. */
  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }
}
