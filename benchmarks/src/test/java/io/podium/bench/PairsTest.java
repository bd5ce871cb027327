package io.podium.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairsTest {
  private final List<String> order = new ArrayList<>();

  @Test
  void sidesRunInTurn_andTheFirstOfARoundAlternates() {
    pairs(2_000, (part, text) -> {});
    assertThat(order).hasSize(14).startsWith("r", "c", "c", "r", "r", "c", "c", "r");
  }

  @Test
  void ratio_isCandidateOverReferenceOfTheSameRound() {
    assertThat(pairs(2_000, (part, text) -> {}).ratios(Sample::perSecond))
        .hasSize(7)
        .allMatch(r -> r == 20.0);
  }

  @Test
  void progress_endsAtOne() {
    List<Double> parts = new ArrayList<>();
    pairs(100, (part, text) -> parts.add(part));
    assertThat(parts).isSorted().endsWith(1.0).allMatch(p -> p > 0.5);
  }

  @Test
  void disturbance_isAShareOfTheMachine() {
    assertThat(pairs(2_000, (part, text) -> {}).disturbance()).isBetween(0.0, 1.0);
  }

  private Pairs pairs(long operations, Progress progress) {
    return Pairs.run(
        Rounds.of(7),
        Mode.QUICK.round(),
        side("r", 100),
        side("c", operations),
        pairs -> pairs.ratios(Sample::perSecond),
        List.of(),
        progress,
        0.5);
  }

  private Subject side(String name, long operations) {
    return atLeast -> {
      order.add(name);
      return new Sample(operations, atLeast.toNanos(), atLeast.toNanos());
    };
  }
}
