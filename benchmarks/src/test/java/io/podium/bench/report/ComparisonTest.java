package io.podium.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.bench.Result.Row;
import io.podium.bench.report.Comparison.Change;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final Row AT_MOST = Samples.row("R1", "<= 1", "met", 0.7, 0.8, 0.9);
  private static final Row AT_LEAST = Samples.row("U1", ">= 20", "met", 30.0, 31.0, 32.0);

  @Test
  void figureBeyondTheEarlierInterval_isBetterOrWorse_byTheSideOfItsLimit() {
    Row cheaper = Samples.row("R1", "<= 1", "met", 0.4, 0.5, 0.6);
    assertThat(Comparison.change(AT_MOST, cheaper)).isEqualTo(Change.BETTER);
    assertThat(Comparison.change(cheaper, AT_MOST)).isEqualTo(Change.WORSE);
    Row faster = Samples.row("U1", ">= 20", "met", 40.0, 41.0, 42.0);
    assertThat(Comparison.change(AT_LEAST, faster)).isEqualTo(Change.BETTER);
    assertThat(Comparison.change(faster, AT_LEAST)).isEqualTo(Change.WORSE);
  }

  @Test
  void overlappingIntervals_areNoChange() {
    Row other = Samples.row("R1", "<= 1", "met", 0.85, 0.95, 1.0);
    assertThat(Comparison.change(AT_MOST, other)).isEqualTo(Change.SAME);
  }

  @Test
  void whatOneRunDidNotMeasure_isNoChange() {
    assertThat(Comparison.change(Samples.notMeasured("R1", "no"), AT_MOST))
        .isEqualTo(Change.UNKNOWN);
  }

  @Test
  void figureWithoutLimit_isNeverBetter() {
    Row told = Samples.row("PEERS", "none", "told", 2.0, 3.0);
    Row more = Samples.row("PEERS", "none", "told", 5.0, 6.0);
    assertThat(Comparison.change(told, more)).isEqualTo(Change.NO_LIMIT);
  }
}
