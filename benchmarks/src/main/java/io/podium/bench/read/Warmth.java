package io.podium.bench.read;

import io.podium.bench.ProcessTime;
import io.podium.bench.Subject;
import java.time.Duration;
import java.util.Map;

/**
 * Loads an engine until its compiler has next to nothing left to do: compiled code is what is
 * measured, and how long compiling takes depends on the path and on what else runs.
 */
final class Warmth {
  private static final Duration STEP = Duration.ofSeconds(2);
  private static final long LEAST_REQUESTS = 300_000;
  private static final double LITTLE = 0.02;

  /** The engine goes on compiling what is hot at last; then it is measured as it is. */
  private static final int MOST_STEPS = 20;

  private Warmth() {}

  static void bring(EngineServer engine, Subject load) {
    ProcessTime process = new ProcessTime(engine.process().pid());
    long requests = 0;
    double compiling = 1;
    for (int step = 0;
        step < MOST_STEPS && (requests < LEAST_REQUESTS || compiling > LITTLE);
        step++) {
      long all = process.nanos();
      long compilers = compilers(process);
      requests += load.run(STEP).operations();
      compiling = (double) (compilers(process) - compilers) / (process.nanos() - all);
    }
  }

  private static long compilers(ProcessTime process) {
    return process.byThread().entrySet().stream()
        .filter(thread -> thread.getKey().matches("C[12] Compiler.*"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
