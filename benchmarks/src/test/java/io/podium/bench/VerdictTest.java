package io.podium.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Limit AT_LEAST_20 = Limit.parse(">= 20");

  @Test
  void limit_holdsItsOwnValue() {
    assertThat(AT_LEAST_20.allows(20)).isTrue();
    assertThat(AT_LEAST_20.allows(19.99)).isFalse();
    assertThat(Limit.parse("<= 1.5").allows(1.5)).isTrue();
    assertThat(Limit.parse("<= 1.5").allows(1.51)).isFalse();
  }

  @Test
  void limitInAnotherForm_isRefused() {
    assertThatThrownBy(() -> Limit.parse("about 20")).hasMessageContaining("about 20");
  }

  @Test
  void wholeIntervalOnOneSide_isCertainHoweverWide() {
    assertThat(Verdict.of(AT_LEAST_20, new Spread(40, 21, 90))).isEqualTo(Verdict.MET);
    assertThat(Verdict.of(AT_LEAST_20, new Spread(5, 1, 19))).isEqualTo(Verdict.BREACHED);
  }

  @Test
  void limitInsideAWideInterval_isNoVerdict() {
    assertThat(Verdict.of(AT_LEAST_20, new Spread(22, 18, 26))).isEqualTo(Verdict.NOISY);
  }

  @Test
  void limitInsideANarrowInterval_isJudgedByTheMedian() {
    assertThat(Verdict.of(AT_LEAST_20, new Spread(20.2, 19.5, 21))).isEqualTo(Verdict.MET);
    assertThat(Verdict.of(AT_LEAST_20, new Spread(19.8, 19.5, 21))).isEqualTo(Verdict.BREACHED);
  }

  @Test
  void disturbedMachine_givesNoVerdict() {
    Figure clear = new Figure("throughput", List.of(40.0, 41.0, 42.0), 0.2, Map.of());
    Figure disturbed = new Figure("throughput", List.of(40.0, 41.0, 42.0), 0.3, Map.of());
    assertThat(Verdict.of(AT_LEAST_20, clear)).isEqualTo(Verdict.MET);
    assertThat(Verdict.of(AT_LEAST_20, disturbed)).isEqualTo(Verdict.NOISY);
  }

  @Test
  void exitStatus_aBreachOutweighsAMissingVerdict() {
    Judgement met = measured(25);
    Judgement breached = measured(5);
    Judgement missing = Judgement.notMeasured(met.budget(), "no redis-server");
    assertThat(Judgement.exitCode(List.of(met))).isZero();
    assertThat(Judgement.exitCode(List.of(met, missing))).isEqualTo(2);
    assertThat(Judgement.exitCode(List.of(met, missing, breached))).isEqualTo(1);
  }

  private static Judgement measured(double value) {
    Budget budget = new Budget("U1", "throughput", "t", "x", "r", AT_LEAST_20, null, "why", null);
    return Judgement.of(budget, Figure.count("throughput", value, Map.of()));
  }
}
