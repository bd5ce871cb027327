package io.podium.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class SpreadTest {
  @Test
  void intervalOfSevenRounds_isSecondToSixth() {
    assertThat(Spread.of(rounds(7))).isEqualTo(new Spread(4, 2, 6));
  }

  @Test
  void intervalOfFifteenRounds_isFifthToEleventh() {
    assertThat(Spread.of(rounds(15))).isEqualTo(new Spread(8, 5, 11));
  }

  @Test
  void oneRound_isItsOwnInterval() {
    assertThat(Spread.of(List.of(19.5))).isEqualTo(new Spread(19.5, 19.5, 19.5));
  }

  @Test
  void medianOfAnEvenNumber_liesBetweenTheMiddleTwo() {
    assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0)).median()).isEqualTo(2.5);
  }

  @Test
  void oneWildRound_movesNeitherMedianNorInterval() {
    Spread wild = Spread.of(List.of(1000.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0));
    assertThat(wild).isEqualTo(new Spread(4, 2, 6));
  }

  /** 1 to n, the greatest first. */
  private static List<Double> rounds(int n) {
    return DoubleStream.iterate(n, x -> x - 1).limit(n).boxed().toList();
  }
}
