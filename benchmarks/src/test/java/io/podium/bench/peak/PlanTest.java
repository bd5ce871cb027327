package io.podium.bench.peak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podium.bench.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
  @Test
  void rates_areATenthOfTheCapacityThenFourTimesThenTenTimesThat() {
    assertThat(Plan.of(8_000, Mode.QUICK).steps())
        .extracting(s -> s.name() + " " + s.perSecond())
        .containsExactly("day 800", "sale 3200", "spike 8000", "soak 3200");
  }

  @Test
  void quickPlan_leavesHalfOfItsNinetySecondsToTheRest() {
    assertThat(Plan.of(8_000, Mode.QUICK).seconds()).isLessThanOrEqualTo(45);
    assertThat(Plan.of(8_000, Mode.FULL).seconds())
        .isEqualTo(4 * Plan.of(8_000, Mode.QUICK).seconds());
  }

  @Test
  void capacityWithoutAnOrdinaryDay_isRefused() {
    assertThatThrownBy(() -> Plan.of(9, Mode.QUICK)).hasMessageContaining("9/s");
  }

  @Test
  void step_isReadAsItIsWritten() {
    Step step = new Step("spike", 8_000, 6);
    assertThat(Step.parse(step.text())).isEqualTo(step);
    assertThatThrownBy(() -> Step.parse("spike")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void linesOfPages_tellWarmFromCold() {
    List<String> lines = Pages.lines();
    assertThat(lines)
        .doesNotHaveDuplicates()
        .allMatch(l -> l.startsWith("/v1/") || l.startsWith("-/v1/"));
    assertThat(lines.stream().filter(l -> l.startsWith("-")).count()).isEqualTo(3_600);
  }
}
