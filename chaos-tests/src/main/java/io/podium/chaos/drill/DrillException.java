package io.podium.chaos.drill;

/** A drill cannot go on: what was waited for did not come, or nothing could be started. */
public final class DrillException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DrillException(String message) {
    super(message);
  }
}
