package io.podium.read.overload;

/** Whether the engine is on its way out. Safe from any thread. */
public final class Drain {
  private volatile boolean begun;

  /** From now on not ready; what is asked is still answered. */
  public void begin() {
    begun = true;
  }

  public boolean isBegun() {
    return begun;
  }
}
