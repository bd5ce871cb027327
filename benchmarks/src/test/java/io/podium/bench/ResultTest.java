package io.podium.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTest {
  private static final Moment SECOND = new Moment(0, "day", 10, 9, 1, 0, 0.5, null, 80.0);

  @TempDir private Path dir;

  @Test
  void result_isReadAsItWasWritten() throws IOException {
    Histogram micros = new Histogram(3);
    micros.recordValue(250);
    Figure figure =
        new Figure("cost", List.of(0.5, 0.6), 0.1, Map.of("engine", "1 us"))
            .with(List.of(Curve.of("engine", micros)))
            .along(List.of(SECOND));
    Budget budget = Budgets.load().get(0);
    Result result =
        Result.of(
            Mode.QUICK,
            Instant.EPOCH,
            Map.of("jdk", "17"),
            List.of(Judgement.of(budget, figure), Judgement.notMeasured(budget, "no nginx")));
    Path file = dir.resolve("result.json");
    result.write(file);
    Result read = Result.read(file);
    assertThat(read.budgets().get(0)).isEqualTo(result.budgets().get(0));
    assertThat(read.budgets().get(1).why()).isEqualTo("no nginx");
  }

  @Test
  void fileThatIsNoResult_isRefusedByName() throws IOException {
    Path file = dir.resolve("other.json");
    Files.writeString(file, "{\"version\":7}", StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Result.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("other.json");
  }

  @Test
  void curve_endsAtTheSlowest() {
    Histogram micros = new Histogram(3);
    for (int i = 1; i <= 1_000; i++) {
      micros.recordValue(i);
    }
    List<Curve.Point> points = Curve.of("c", micros).points();
    assertThat(points.get(points.size() - 1)).isEqualTo(new Curve.Point(100, 1_000));
    assertThat(points.get(0).percentile()).isZero();
    assertThat(points).filteredOn(p -> Math.abs(p.percentile() - 99) < 1e-6).hasSize(1);
  }

  @Test
  void budgetWithoutLimit_isToldAndChangesNoExitStatus() {
    Budget told = new Budget("PEERS", "haproxy", "t", "x", "r", null, null, "why", null);
    Judgement told1 = Judgement.of(told, Figure.count("haproxy", 3, Map.of()));
    assertThat(told1.verdict()).isEqualTo(Verdict.TOLD);
    assertThat(Judgement.exitCode(List.of(told1, Judgement.notMeasured(told, "no")))).isZero();
  }
}
