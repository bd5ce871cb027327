package io.podium.bench.peak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podium.bench.MeasurementException;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class CapacityTest {
  private final List<Integer> asked = new ArrayList<>();

  @Test
  void rateIsDoubledUntilItIsNotHeld_thenHalved() {
    assertThat(find(5_000)).isEqualTo(4_800);
    assertThat(asked).containsExactly(200, 400, 800, 1_600, 3_200, 6_400, 6_400, 4_800);
    asked.clear();
    assertThat(find(4_000)).isEqualTo(3_200);
  }

  @Test
  void firstRateThatIsNotHeld_isHalvedUntilOneIs() {
    assertThat(find(1_600, 700)).isEqualTo(600);
    assertThat(asked).containsExactly(1_600, 1_600, 800, 800, 400, 600);
    asked.clear();
    assertThat(find(1_600, 5_000)).isEqualTo(4_800);
    assertThat(asked).containsExactly(1_600, 3_200, 6_400, 6_400, 4_800);
  }

  @Test
  void serverFasterThanTheClient_isGivenWhatTheClientCan() {
    assertThat(find(1_000_000)).isEqualTo(Capacity.MOST);
  }

  @Test
  void machineThatHoldsNothing_isNotMeasured() {
    assertThatThrownBy(() -> find(1))
        .isInstanceOf(MeasurementException.class)
        .hasMessageContaining("not even 200");
  }

  @Test
  void rateWithAShedRequestOrASlowHundredth_isNotHeld() {
    assertThat(Capacity.isHeld(totals(1_000, 0, 0))).isTrue();
    assertThat(Capacity.isHeld(totals(1_000, 1, 0))).isFalse();
    assertThat(Capacity.isHeld(totals(1_000, 0, 1))).isFalse();
    assertThat(Capacity.isHeld(totals(Capacity.HELD_MICROS * 2, 0, 0))).isFalse();
  }

  private int find(int limit) {
    return find(Capacity.LEAST, limit);
  }

  private int find(int first, int limit) {
    return new Capacity(
            step -> {
              asked.add(step.perSecond());
              return totals(step.perSecond() > limit ? 1_000_000 : 1_000, 0, 0);
            })
        .find(first, 1);
  }

  private static Totals totals(long micros, long shed, long failed) {
    Histogram histogram = new Histogram(60_000_000L, 3);
    histogram.recordValueWithCount(micros, 100);
    return new Totals(100 + shed + failed, 100, 0, shed, failed, histogram);
  }
}
