package io.podium.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The short forms, in one shop where they can share it. */
class DrillsTest {
  private static final long SEED = 20_261_122;

  @TempDir static Path dir = Path.of("");
  private static Stage stage = new Stage(dir);

  @BeforeAll
  static void open() {
    stage = new Stage(dir);
  }

  @AfterAll
  static void close() throws Exception {
    stage.close();
  }

  static List<Drill> drills() {
    return Drills.suite();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("drills")
  void everyDrillPassesInItsShortForm(Drill drill) throws Exception {
    Report report = new Rehearsal(Scale.SHORT, SEED, line -> {}).of(drill, stage);
    assertThat(report.passed()).as(report.text()).isTrue();
  }
}
