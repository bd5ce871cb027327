package io.podium.bench.read;

import io.podium.bench.Compilers;
import io.podium.bench.Mode;
import io.podium.bench.Subject;
import java.time.Duration;
import java.util.List;

/**
 * Loads an engine until its compiler has next to nothing left to do: compiled code is what is
 * measured, and how long compiling takes depends on the path and on what else runs.
 */
final class Warmth {
  private static final Duration STEP = Duration.ofSeconds(2);
  private static final Duration RESTED_STEP = Duration.ofSeconds(1);
  private static final long LEAST_REQUESTS = 300_000;
  private static final long LEAST_RESTED_REQUESTS = 100_000;
  private static final double LITTLE = 0.02;

  /** The engine goes on compiling what is hot at last; then it is measured as it is. */
  private static final int MOST_STEPS = 20;

  /** After a rest nothing waits to be compiled: what the fifth step brings, each round does. */
  private static final int MOST_RESTED_STEPS = 5;

  private Warmth() {}

  /**
   * The quick form leaves the machine to the compiler after each step, so that it takes fewer.
   *
   * @return requests that it took
   */
  static long bring(EngineServer engine, Subject load, Mode mode) {
    Compilers compilers = new Compilers(List.of(engine.process().pid()));
    long requests = 0;
    double compiling = 1;
    Duration length = mode == Mode.FULL ? STEP : RESTED_STEP;
    int most = mode == Mode.FULL ? MOST_STEPS : MOST_RESTED_STEPS;
    long least = mode == Mode.FULL ? LEAST_REQUESTS : LEAST_RESTED_REQUESTS;
    for (int step = 0; step < most && (requests < least || compiling > LITTLE); step++) {
      requests += load.run(length).operations();
      if (mode == Mode.QUICK) {
        compilers.rest();
      }
      compiling = compilers.share();
    }
    return requests;
  }
}
