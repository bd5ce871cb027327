package io.podium.bench;

import java.time.Duration;

/** How much is measured: rounds of a pair and their length. */
public enum Mode {
  QUICK(7, Duration.ofSeconds(1)),
  FULL(15, Duration.ofSeconds(2));

  private final int rounds;
  private final Duration round;

  Mode(int rounds, Duration round) {
    this.rounds = rounds;
    this.round = round;
  }

  public int rounds() {
    return rounds;
  }

  public Duration round() {
    return round;
  }
}
