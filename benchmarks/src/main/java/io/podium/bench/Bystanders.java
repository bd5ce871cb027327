package io.podium.bench;

import java.util.List;
import java.util.stream.LongStream;

/** What share of the machine others take while something is measured. */
public final class Bystanders {
  private final List<ProcessTime> ours;
  private final long start = System.nanoTime();
  private final long machine = ProcessTime.machineNanos();
  private final long own;

  /**
   * @param pids processes that belong to the measurement, beside this one
   */
  public Bystanders(List<Long> pids) {
    this.ours =
        LongStream.concat(
                LongStream.of(ProcessHandle.current().pid()),
                pids.stream().mapToLong(Long::longValue))
            .mapToObj(ProcessTime::new)
            .toList();
    this.own = own();
  }

  /** 0 to 1, of all processors, since construction. */
  public double share() {
    double others = ProcessTime.machineNanos() - machine - (own() - own);
    double all = (System.nanoTime() - start) * (double) Runtime.getRuntime().availableProcessors();
    return Math.max(0, Math.min(1, others / all));
  }

  private long own() {
    return ours.stream().mapToLong(ProcessTime::nanos).sum();
  }
}
