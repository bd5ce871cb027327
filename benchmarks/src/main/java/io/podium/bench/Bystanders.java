package io.podium.bench;

import java.util.List;

/** What share of the machine others take while something is measured. */
public final class Bystanders {
  private final ProcessTime self = new ProcessTime(ProcessHandle.current().pid());
  private final List<ProcessTime> ours;
  private final long start = System.nanoTime();
  private final long machine = ProcessTime.machineNanos();
  private final long own;

  /**
   * @param pids processes that belong to the measurement and outlive it, beside this one and the
   *     load generators that it starts
   */
  public Bystanders(List<Long> pids) {
    this.ours = pids.stream().map(ProcessTime::new).toList();
    this.own = own();
  }

  /** 0 to 1, of all processors, since construction. */
  public double share() {
    double others = ProcessTime.machineNanos() - machine - (own() - own);
    double all = (System.nanoTime() - start) * (double) Runtime.getRuntime().availableProcessors();
    return Math.max(0, Math.min(1, others / all));
  }

  private long own() {
    return self.nanosWithChildren() + ours.stream().mapToLong(ProcessTime::nanos).sum();
  }
}
