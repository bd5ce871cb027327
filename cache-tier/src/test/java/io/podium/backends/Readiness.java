package io.podium.backends;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Starts a process and waits until it answers; starts again when it hangs or ends. */
final class Readiness {
  private static final int STARTS = 4;
  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private Readiness() {}

  interface Starter {
    ChildProcess start();
  }

  interface Probe {
    /** Whether it answers as it should; false on any failure. */
    boolean answers();
  }

  /**
   * @param patience for one start
   * @throws BackendException with the process's last words when every start failed
   */
  static ChildProcess start(String name, Starter starter, Probe probe, Duration patience) {
    String last = "";
    for (int i = 0; i < STARTS; i++) {
      ChildProcess process = starter.start();
      if (becomesReady(process, probe, patience)) {
        return process;
      }
      last = process.lastOutput();
      process.kill();
    }
    throw new BackendException(name + " did not start; its last words:\n" + last, null);
  }

  /** Waits until the probe answers. */
  static void await(String what, Probe probe) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!probe.answers()) {
      if (System.nanoTime() - deadline > 0) {
        throw new BackendException(what + " did not become ready", null);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static boolean becomesReady(ChildProcess process, Probe probe, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (process.isAlive() && System.nanoTime() - deadline < 0) {
      if (probe.answers()) {
        // The answer must be this process's, not of another one that holds the port.
        return process.isAlive();
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return false;
  }
}
