package io.podium.ranking.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.ranking.oracle.Case;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The core beside the oracle, over {@code podium.seeds} seeds (system property), as many at a time
 * as there are cores, for no seed knows of another; {@code podium.seed=N} replays one, bit for bit,
 * and prints the fewest steps that still fail.
 */
class SimulationTest {
  private static final long SEEDS = Long.getLong("podium.seeds", 1_500);
  private static final double LEAST_SHARE = 0.01;
  private static final int MOST_FAILURES = 5;

  @Test
  void coreAndOracleAgreeAndEveryCaseIsReached() {
    Map<Case, Long> hits = new ConcurrentHashMap<>();
    Set<Long> failed = new ConcurrentSkipListSet<>();
    LongStream.range(0, SEEDS)
        .parallel()
        .filter(seed -> failed.size() < MOST_FAILURES)
        .forEach(
            seed -> {
              Seed.Result result = new Seed(seed).run();
              result.hit().forEach(c -> hits.merge(c, 1L, Long::sum));
              if (result.failure() != null) {
                failed.add(seed);
              }
            });
    print(hits);
    for (long seed : failed) {
      System.out.println(new Seed(seed).explain());
    }
    assertThat(failed).as("seeds whose core and oracle differ").isEmpty();
    Set<Case> rare = EnumSet.allOf(Case.class);
    rare.removeIf(c -> hits.getOrDefault(c, 0L) >= LEAST_SHARE * SEEDS);
    assertThat(rare).as("cases that too few seeds reach").isEmpty();
  }

  private static void print(Map<Case, Long> hits) {
    StringBuilder table = new StringBuilder("Simulated " + SEEDS + " seeds; share that hit\n");
    for (Case one : Case.values()) {
      table.append(
          String.format(
              Locale.ROOT, "%6.2f%%  %s%n", 100.0 * hits.getOrDefault(one, 0L) / SEEDS, one));
    }
    System.out.print(table);
  }

  @Test
  void aSeedReplaysBitForBit() {
    long seed = Long.getLong("podium.seed", 7);
    assertThat(Scenario.of(seed)).isEqualTo(Scenario.of(seed));
    Seed.Result result = new Seed(seed).run();
    assertThat(new Seed(seed).run().hit()).isEqualTo(result.hit());
    assertThat(result.failure()).as(() -> new Seed(seed).explain()).isNull();
  }
}
