package io.podium.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairsTest {
  private final List<String> order = new ArrayList<>();

  @Test
  void sidesRunInTurn_andTheFirstOfARoundAlternates() {
    pairs();
    assertThat(order).hasSize(14).startsWith("r", "c", "c", "r", "r", "c", "c", "r");
  }

  @Test
  void ratio_isCandidateOverReferenceOfTheSameRound() {
    assertThat(pairs().ratios(Sample::perSecond)).hasSize(7).allMatch(r -> r == 20.0);
  }

  @Test
  void progress_endsAtOne() {
    List<Double> parts = new ArrayList<>();
    Pairs.run(
        Mode.QUICK, side("r", 1), side("c", 1), List.of(), (part, text) -> parts.add(part), 0.5);
    assertThat(parts).isSorted().endsWith(1.0).allMatch(p -> p > 0.5);
  }

  @Test
  void disturbance_isAShareOfTheMachine() {
    assertThat(pairs().disturbance()).isBetween(0.0, 1.0);
  }

  private Pairs pairs() {
    return Pairs.run(
        Mode.QUICK, side("r", 100), side("c", 2_000), List.of(), (part, text) -> {}, 0);
  }

  private Subject side(String name, long operations) {
    return atLeast -> {
      order.add(name);
      return new Sample(operations, atLeast.toNanos(), atLeast.toNanos());
    };
  }
}
