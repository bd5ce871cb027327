package io.podium.bench.read;

import io.podium.backends.ChildProcess;
import io.podium.bench.MeasurementException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds a server to half of one core: it shares the first one with a process that computes all the
 * time, group against group (control groups, version 1 or 2), and everybody else keeps to the other
 * cores. A quota would do with less, but stops a server that has used it up for as long as the
 * kernel's ticks are coarse, 16 ms and more: every latency would be that.
 */
final class CpuShare implements AutoCloseable {
  static final double CORES = 0.5;

  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final String CORE = "0";
  private static final int TRIES = 100;
  private static final long PAUSE_NANOS = 50_000_000;

  private final Path group;
  private final ChildProcess rival;

  private CpuShare(Path group, ChildProcess rival) {
    this.group = group;
    this.rival = rival;
  }

  /**
   * @param server its process
   * @param others what it works with; this process keeps to their cores as well
   * @param dir for a log
   */
  static CpuShare of(long server, List<Long> others, Path dir) {
    int cores = Runtime.getRuntime().availableProcessors();
    if (cores < 2) {
      throw new MeasurementException("a server cannot be held to half of the only core there is");
    }
    boolean first = Files.isDirectory(ROOT.resolve("cpu"));
    Path group =
        (first ? ROOT.resolve("cpu") : ROOT)
            .resolve("podium-bench-" + ProcessHandle.current().pid());
    try {
      Files.createDirectory(group);
      // As much as a process that stands in no group has.
      if (first) {
        Files.writeString(group.resolve("cpu.shares"), "1024");
      } else {
        Files.writeString(group.resolve("cpu.weight"), "100");
      }
      Files.writeString(group.resolve("cgroup.procs"), Long.toString(server));
    } catch (IOException e) {
      throw new MeasurementException(
          "the engine cannot be held to a fraction of a core ("
              + e.getMessage()
              + "): run it where "
              + group.getParent()
              + " is writable",
          e);
    }
    keep(server, CORE);
    String rest = "1-" + (cores - 1);
    keep(ProcessHandle.current().pid(), rest);
    others.forEach(pid -> keep(pid, rest));
    ChildProcess rival =
        ChildProcess.start(
            "rival",
            List.of("taskset", "-c", CORE, "sh", "-c", "while :; do :; done"),
            Map.of(),
            dir.resolve("rival.log"));
    return new CpuShare(group, rival);
  }

  /** All threads of the process, and what they start. */
  private static void keep(long pid, String cores) {
    try {
      Process taskset =
          new ProcessBuilder("taskset", "-a", "-p", "-c", cores, Long.toString(pid))
              .redirectErrorStream(true)
              .start();
      String said =
          new String(taskset.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (taskset.waitFor() != 0) {
        throw new MeasurementException("a process cannot be kept to a core: " + said);
      }
    } catch (IOException e) {
      throw new MeasurementException("taskset cannot be started (of util-linux): " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeasurementException("interrupted", e);
    }
  }

  @Override
  public String toString() {
    return CORES + " of a core";
  }

  /** When the server has ended; the system may take a moment to let go of it. */
  @Override
  public void close() {
    rival.close();
    for (int left = TRIES; left > 0; left--) {
      try {
        Files.deleteIfExists(group);
        return;
      } catch (IOException e) {
        if (left == 1) {
          throw new MeasurementException(group + " stays behind: " + e.getMessage(), e);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
