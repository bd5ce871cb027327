package io.podium.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DrillsTest {
  private static final long SEED = 20_261_122;

  @TempDir Path dir = Path.of("");

  static List<Drill> drills() {
    return Drills.all();
  }

  @ParameterizedTest
  @MethodSource("drills")
  void everyDrillPassesInItsShortForm(Drill drill) throws Exception {
    Report report = new Rehearsal(Scale.SHORT, SEED, line -> {}).of(drill, dir);
    assertThat(report.passed()).as(report.text()).isTrue();
  }
}
