package io.podium.chaos.drill;

import java.time.Duration;

/** How much of a drill is run. */
public enum Scale {
  /** In the test suite: seconds, and correctness only. */
  SHORT(Duration.ofMinutes(3)),
  /** On demand: minutes. */
  LONG(Duration.ofMinutes(6));

  private final Duration bound;

  Scale(Duration bound) {
    this.bound = bound;
  }

  /** No drill takes longer: several times what it takes on a slow machine. */
  Duration bound() {
    return bound;
  }
}
