package io.podium.bench.flow;

import io.podium.bench.ProcessTime;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Processor time by thread of a process, by name: where the cycles go. Ticks of 10 ms. */
final class ThreadTimes {
  private static final int SHOWN = 8;

  private final ProcessTime process;
  private final Map<String, Long> before;

  ThreadTimes(long pid) {
    this.process = new ProcessTime(pid);
    this.before = process.byThread();
  }

  /** Share of each thread since construction, the greatest first. */
  String shares() {
    Map<String, Long> spent = new TreeMap<>();
    process
        .byThread()
        .forEach((name, nanos) -> spent.put(name, nanos - before.getOrDefault(name, 0L)));
    double all = Math.max(1, spent.values().stream().mapToLong(Long::longValue).sum());
    return spent.entrySet().stream()
        .filter(e -> e.getValue() > 0)
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(SHOWN)
        .map(e -> String.format(Locale.ROOT, "%s %.0f %%", e.getKey(), 100 * e.getValue() / all))
        .collect(Collectors.joining(", "));
  }
}
