package io.podium.bench.read;

import io.podium.backends.ChildProcess;
import io.podium.bench.MeasurementException;
import io.podium.bench.ProcessTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Holds a server to half of one core: the first one is taken from it for half of each {@link
 * Rival#PERIOD}, and everybody else keeps to the other cores. It is a core of half the speed as
 * long as what is timed takes several periods.
 */
final class CpuShare implements AutoCloseable {
  static final double CORES = 0.5;

  private static final String CORE = "0";

  /** Of what is to be taken; where the system gave less, another machine would be measured. */
  private static final double TAKEN = 0.9;

  /** By then it runs, or was refused. */
  private static final long STARTS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ChildProcess rival;
  private final ProcessTime time;
  private final long start;
  private final long before;

  private CpuShare(ChildProcess rival) {
    this.rival = rival;
    this.time = new ProcessTime(rival.pid());
    this.start = System.nanoTime();
    this.before = time.nanos();
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
    keep(server, CORE);
    String rest = "1-" + (cores - 1);
    keep(ProcessHandle.current().pid(), rest);
    others.forEach(pid -> keep(pid, rest));
    ChildProcess rival =
        ChildProcess.start(
            "rival",
            List.of(
                "chrt",
                "--fifo",
                "1",
                "taskset",
                "-c",
                CORE,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx16m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Rival.class.getName(),
                Double.toString(1 - CORES)),
            Map.of(),
            dir.resolve("rival.log"));
    LockSupport.parkNanos(STARTS_NANOS);
    if (!rival.isAlive()) {
      throw new MeasurementException(
          "the engine cannot be held to a fraction of a core: threads of real-time priority need"
              + " root or CAP_SYS_NICE ("
              + rival.lastOutput()
              + ")");
    }
    return new CpuShare(rival);
  }

  /** Fails where the server had more than its share since it was held. */
  void check() {
    if (!rival.isAlive()) {
      throw new MeasurementException(
          "what held the engine to a fraction of a core has ended: " + rival.lastOutput());
    }
    double taken = (double) (time.nanos() - before) / (System.nanoTime() - start);
    if (taken < TAKEN * (1 - CORES)) {
      throw new MeasurementException(
          String.format(Locale.ROOT, "only %.2f of a core was taken from the engine", taken));
    }
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

  @Override
  public void close() {
    rival.close();
  }
}
