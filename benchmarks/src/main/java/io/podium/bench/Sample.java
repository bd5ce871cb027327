package io.podium.bench;

/**
 * One round of one side.
 *
 * @param operations done
 * @param wallNanos that they took
 * @param cpuNanos processor time of what is measured
 */
public record Sample(long operations, long wallNanos, long cpuNanos) {
  public double perSecond() {
    return operations * 1e9 / wallNanos;
  }

  public double perCpuSecond() {
    return operations * 1e9 / Math.max(1, cpuNanos);
  }

  /** Microseconds of processor time for one operation. */
  public double cpuMicros() {
    return cpuNanos / 1e3 / Math.max(1, operations);
  }
}
