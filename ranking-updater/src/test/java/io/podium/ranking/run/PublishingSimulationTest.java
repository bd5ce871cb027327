package io.podium.ranking.run;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dpodium.seeds=N} runs that many, {@code -Dpodium.seed=S} that one again. */
class PublishingSimulationTest {
  private static final int SEEDS = 1_000;
  private static final int STEPS = 600;

  @TempDir Path dir;

  @Test
  void whateverFailsAndWhoeverTakesOverTheStoresSettleOnTheTruth() throws Exception {
    Long one = Long.getLong("podium.seed");
    long[] seeds =
        one != null
            ? new long[] {one}
            : LongStream.range(0, Integer.getInteger("podium.seeds", SEEDS)).toArray();
    for (long seed : seeds) {
      try {
        new PublishingSimulation(seed, dir).run(STEPS);
      } catch (Exception | AssertionError e) {
        throw new AssertionError(
            "seed " + seed + " (-Dpodium.seed=" + seed + "): " + e.getMessage(), e);
      }
    }
  }
}
