package io.podium.bench;

import java.util.List;
import java.util.Map;

/** The JIT compilers of some processes: as long as they are busy, it is them that is measured. */
public final class Compilers {
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
