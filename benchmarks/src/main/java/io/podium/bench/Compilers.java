package io.podium.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The JIT compilers of some processes: as long as they are busy, it is them that is measured. */
public final class Compilers {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** A tick of the system's clock; who compiles takes several in one look. */
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final List<ProcessTime> processes;
  private long compilers;
  private long all;

  public Compilers(List<Long> pids) {
    this.processes = pids.stream().map(ProcessTime::new).toList();
    share();
  }

  /** Processor time that they have taken, ns. */
  public long nanos() {
    return processes.stream().mapToLong(Compilers::compilers).sum();
  }

  /**
   * Waits until they have done what was left to them, for a few seconds at most. Beside a load that
   * takes every core they would stand in a queue for theirs: what was hot in one warm-up would be
   * compiled in the fourth.
   */
  public void rest() {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long before;
    long now = nanos();
    do {
      before = now;
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
      now = nanos();
    } while (now - before > IDLE_NANOS && System.nanoTime() - deadline < 0);
  }

  /** Of the processor time that these processes took since this was asked last, 0 to 1. */
  public double share() {
    long compilersBefore = compilers;
    long allBefore = all;
    compilers = nanos();
    all = processes.stream().mapToLong(ProcessTime::nanos).sum();
    return (double) (compilers - compilersBefore) / Math.max(1, all - allBefore);
  }

  private static long compilers(ProcessTime process) {
    return process.byThread().entrySet().stream()
        .filter(thread -> thread.getKey().matches("C[12] Compiler.*"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
