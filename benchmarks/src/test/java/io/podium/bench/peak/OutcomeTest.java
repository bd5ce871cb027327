package io.podium.bench.peak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podium.bench.MeasurementException;
import io.podium.bench.Moment;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class OutcomeTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void recovery_isTheFirstSecondThatIsAsTheSaleWas() {
    assertThat(outcome(second(Plan.SALE, 3_000, 0), second(Plan.SOAK, 5_000, 0)).recovery())
        .isZero();
    assertThat(
            outcome(
                    second(Plan.SALE, 3_000, 0),
                    second(Plan.SPIKE, 90_000, 5),
                    second(Plan.SOAK, 50_000, 0),
                    second(Plan.SOAK, 3_000, 1),
                    second(Plan.SOAK, 3_000, 0))
                .recovery())
        .isEqualTo(2);
    assertThat(outcome(second(Plan.SALE, 3_000, 0), second(Plan.SOAK, 50_000, 0)).recovery())
        .isEqualTo(1);
  }

  @Test
  void moments_holdTheSlowestSaleOfTheirSecond() {
    List<Second> seconds = List.of(second(Plan.DAY, 500, 0), second(Plan.DAY, 800, 0));
    Map<Long, Double> fresh = Map.of(90L, 999.0, 100L + SECOND / 2, 80.0, 100L + SECOND / 3, 120.0);
    List<Moment> moments = new Outcome(seconds, fresh, 100L).moments();
    assertThat(moments).extracting(Moment::freshMillis).containsExactly(120.0, null);
    assertThat(moments.get(1).p99Millis()).isEqualTo(0.8);
  }

  @Test
  void salesBeforeTheLoad_areNotCounted() {
    List<Second> seconds = List.of(second(Plan.DAY, 500, 0));
    assertThat(new Outcome(seconds, Map.of(1L, 5_000.0, 200L, 80.0), 100L).freshP99())
        .isEqualTo(80.0);
    assertThatThrownBy(() -> new Outcome(seconds, Map.of(1L, 80.0), 100L).freshP99())
        .isInstanceOf(MeasurementException.class);
  }

  @Test
  void wrongAnswers_areToldFromNone() {
    Second second = new Second("spike", 100, 80, 0, 5, 15, "0:2,404:1,500:3", histogram(700));
    assertThat(second.wrong()).isEqualTo(4);
    assertThat(outcome(second).unanswered()).isEqualTo(11);
  }

  @Test
  void second_isReadAsItIsToldByTheLoad() {
    Second second = new Second("spike", 100, 90, 20, 5, 5, "500:3", histogram(700));
    assertThat(Second.parse(second.line())).isEqualTo(second);
  }

  private static Outcome outcome(Second... seconds) {
    return new Outcome(List.of(seconds), Map.of(), 0);
  }

  private static Second second(String phase, long micros, long shed) {
    return new Second(phase, 10 + shed, 10, 2, shed, 0, "", histogram(micros));
  }

  private static Histogram histogram(long micros) {
    Histogram histogram = new Histogram(60_000_000L, 3);
    histogram.recordValueWithCount(micros, 10);
    return histogram;
  }
}
