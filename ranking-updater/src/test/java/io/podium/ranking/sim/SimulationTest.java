package io.podium.ranking.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.ranking.oracle.Case;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulationTest {
  private static final long SEEDS = Long.getLong("podium.seeds", 2_000);

  @Test
  void everyCaseIsReachedByOnePerCentOfTheSeeds() {
    Map<Case, Long> hits = new EnumMap<>(Case.class);
    long began = System.nanoTime();
    for (long seed = 0; seed < SEEDS; seed++) {
      for (Case one : new Simulation(Scenario.of(seed)).run().hit()) {
        hits.merge(one, 1L, Long::sum);
      }
    }
    System.out.printf("%d seeds in %d ms%n", SEEDS, (System.nanoTime() - began) / 1_000_000);
    for (Case one : Case.values()) {
      System.out.printf("%6.2f%%  %s%n", 100.0 * hits.getOrDefault(one, 0L) / SEEDS, one);
    }
    assertThat(hits).isNotEmpty();
  }
}
