package io.podium.bench.read;

import io.podium.bench.MeasurementException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A control group that holds processes to a fraction of one core (version 1 or 2). */
final class CpuQuota implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  /** Short, so that a stall at the end of a period does not show in latencies. */
  private static final long PERIOD_US = 5_000;

  private static final int TRIES = 100;
  private static final long PAUSE_NANOS = 50_000_000;

  private final Path group;

  private CpuQuota(Path group) {
    this.group = group;
  }

  /**
   * @param cores 0.2 and more
   */
  static CpuQuota of(double cores, List<Long> pids) {
    boolean first = Files.isDirectory(ROOT.resolve("cpu"));
    Path group =
        (first ? ROOT.resolve("cpu") : ROOT)
            .resolve("podium-bench-" + ProcessHandle.current().pid());
    try {
      Files.createDirectory(group);
      long quota = (long) (cores * PERIOD_US);
      if (first) {
        Files.writeString(group.resolve("cpu.cfs_period_us"), Long.toString(PERIOD_US));
        Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
      } else {
        Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_US);
      }
      for (long pid : pids) {
        Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
      }
      return new CpuQuota(group);
    } catch (IOException e) {
      throw new MeasurementException(
          "the engine cannot be held to a fraction of a core ("
              + e.getMessage()
              + "): run it where "
              + group.getParent()
              + " is writable",
          e);
    }
  }

  @Override
  public String toString() {
    return group.toString();
  }

  /** When all its processes have ended; the system may take a moment to let go of them. */
  @Override
  public void close() {
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
