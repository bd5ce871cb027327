package io.podium.ranking.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * As many at a time as there are cores, for no seed knows of another; {@code -Dpodium.seeds=N} runs
 * that many, {@code -Dpodium.seed=S} that one again, with its log.
 */
class PublishingSimulationTest {
  private static final int SEEDS = 100;
  private static final int STEPS = 1_000;

  /** The disk is part of the simulation, its speed is not. */
  private static final Path MEMORY = Path.of("/dev/shm");

  @Test
  void whateverFailsAndWhoeverTakesOverTheStoresSettleOnTheTruth() {
    Long one = Long.getLong("podium.seed");
    long[] seeds =
        one != null
            ? new long[] {one}
            : LongStream.range(0, Integer.getInteger("podium.seeds", SEEDS)).toArray();
    Logger log = (Logger) LoggerFactory.getLogger("io.podium.ranking");
    Level before = log.getLevel();
    log.setLevel(one == null ? Level.ERROR : Level.INFO);
    try {
      LongStream.of(seeds).parallel().forEach(PublishingSimulationTest::run);
    } finally {
      log.setLevel(before);
    }
  }

  private static void run(long seed) {
    try {
      run(seed, Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir")));
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "seed " + seed + " (-Dpodium.seed=" + seed + "): " + e.getMessage(), e);
    }
  }

  private static void run(long seed, Path parent) throws Exception {
    Path dir = Files.createTempDirectory(parent, "podium-");
    try {
      new PublishingSimulation(seed, dir).run(STEPS);
    } finally {
      delete(dir);
    }
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> all = Files.walk(dir)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
