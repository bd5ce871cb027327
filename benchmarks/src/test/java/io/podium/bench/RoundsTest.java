package io.podium.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoundsTest {
  private static final Limit AT_MOST_1 = Limit.parse("<= 1");

  @Test
  void whatIsCertain_takesTheRoundsOfTheMode() {
    assertThat(count(AT_MOST_1, 0.5, 0.9)).isEqualTo(7);
    assertThat(count(AT_MOST_1, 1.1, 1.9)).isEqualTo(7);
    assertThat(count(AT_MOST_1, 0.98, 1.01)).isEqualTo(7);
  }

  @Test
  void whatIsInDoubt_takesMore_butNotForEver() {
    assertThat(count(AT_MOST_1, 0.7, 1.3)).isEqualTo(14);
  }

  @Test
  void doubtEndsAtTheNextLook() {
    List<Double> judged = new ArrayList<>(List.of(0.7, 1.3, 0.7, 1.3, 0.7, 1.3, 0.7));
    Rounds rounds = Rounds.of(Mode.QUICK, AT_MOST_1);
    while (rounds.needsMore(judged, 0)) {
      judged.add(0.7);
    }
    assertThat(judged).hasSize(14);
  }

  @Test
  void aDisturbedMachineIsNotMeasuredOn() {
    List<Double> judged = List.of(0.7, 1.3, 0.7, 1.3, 0.7, 1.3, 0.7);
    assertThat(Rounds.of(Mode.QUICK, AT_MOST_1).needsMore(judged, 0.2)).isTrue();
    assertThat(Rounds.of(Mode.QUICK, AT_MOST_1).needsMore(judged, 0.3)).isFalse();
  }

  @Test
  void whatIsOnlyTold_takesItsOwn() {
    assertThat(count(null, 0.7, 1.3)).isEqualTo(7);
  }

  @Test
  void budgetThatIsNone_isRefused() {
    assertThatThrownBy(() -> Rounds.of(Mode.QUICK, "R1", "no such"))
        .hasMessageContaining("R1 no such");
  }

  private static int count(@Nullable Limit limit, double odd, double even) {
    Rounds rounds = Rounds.of(Mode.QUICK, limit);
    List<Double> judged = new ArrayList<>();
    while (rounds.needsMore(judged, 0)) {
      judged.add(judged.size() % 2 == 0 ? odd : even);
    }
    return judged.size();
  }
}
