package io.podium.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BudgetsTest {
  private static final String ONE =
      """
      - id: U1
        metric: throughput
        title: Applying
        unit: x
        reference: ZINCRBY
        limit: ">= 20"
        reason: because
      """;

  @Test
  void everyBudgetOfTheFile_hasAMeasurement() {
    try (Measurements measurements = new Measurements()) {
      for (Budget budget : Budgets.load()) {
        assertThatCode(() -> measurements.of(budget.id())).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void budgetsOfTheUpdater_areAsAgreed() {
    assertThat(Budgets.load())
        .extracting(b -> b.id() + " " + b.metric() + " " + b.limit() + " " + b.unit())
        .contains("U1 throughput >= 20 x", "U4 counter <= 32 B", "U4 total <= 2048 MiB");
  }

  @Test
  void unknownKey_isRefused() {
    assertThatThrownBy(() -> Budgets.parse(ONE + "  limits: none\n"))
        .hasMessageContaining("limits");
  }

  @Test
  void missingKey_isRefused() {
    assertThatThrownBy(() -> Budgets.parse(ONE.replace("  unit: x\n", "")))
        .hasMessageContaining("unit");
  }

  @Test
  void metricThatStandsTwice_isRefused() {
    assertThatThrownBy(() -> Budgets.parse(ONE + ONE)).hasMessageContaining("U1 throughput");
  }
}
