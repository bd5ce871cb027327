package io.podium.bench.flow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Processor time by thread of a process, by name: where the cycles go. Ticks of 10 ms. */
final class ThreadTimes {
  private static final int USER = 11;
  private static final int SHOWN = 8;

  private final Path tasks;
  private final Map<String, Long> before;

  ThreadTimes(long pid) {
    this.tasks = Path.of("/proc", Long.toString(pid), "task");
    this.before = read();
  }

  /** Share of each thread since construction, the greatest first. */
  String shares() {
    Map<String, Long> spent = new TreeMap<>();
    read().forEach((name, ticks) -> spent.put(name, ticks - before.getOrDefault(name, 0L)));
    double all = Math.max(1, spent.values().stream().mapToLong(Long::longValue).sum());
    return spent.entrySet().stream()
        .filter(e -> e.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .map(e -> String.format(Locale.ROOT, "%s %.0f %%", e.getKey(), 100 * e.getValue() / all))
        .collect(Collectors.joining(", "));
  }

  /** Threads of a pool count as one. */
  private Map<String, Long> read() {
    Map<String, Long> ticks = new HashMap<>();
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
        int end = stat.lastIndexOf(')');
        String name = stat.substring(stat.indexOf('(') + 1, end).replaceAll("[-#]?[0-9]+$", "");
        String[] fields = stat.substring(end + 2).split(" ", -1);
        long spent = Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1]);
        ticks.merge(name, spent, Long::sum);
      }
    } catch (java.nio.file.NoSuchFileException e) {
      // A thread ended while it was looked at.
      return ticks;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ticks;
  }
}
