package io.podium.bench;

import java.time.Duration;

/** One side of a pair: something that can be run for a while and counted. */
public interface Subject {
  /** Runs until the timed part has taken that long. */
  Sample run(Duration atLeast);
}
