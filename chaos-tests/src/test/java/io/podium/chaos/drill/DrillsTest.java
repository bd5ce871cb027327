package io.podium.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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

  @Test
  void everyNameOfTheSuiteIsADrill() {
    assertThat(names(Drills.suite())).containsExactlyInAnyOrderElementsOf(Drills.SUITE);
    List<String> left = new ArrayList<>(names(Drills.all()));
    left.removeAll(Drills.SUITE);
    System.out.println("left to podium drill --all: " + String.join(", ", left));
  }

  private static List<String> names(List<Drill> drills) {
    return drills.stream().map(Drill::name).toList();
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
