package io.podium.bench.peak.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static final long MILLI = 1_000_000L;
  private static final long START = 5_000 * MILLI;

  @Test
  void requestsBehindAStall_areDueWhenTheyShouldHaveStarted() {
    Schedule schedule = new Schedule(START, 100);
    long afterStall = START + 500 * MILLI;
    for (int i = 0; i < 50; i++) {
      long due = schedule.next(afterStall);
      assertThat(afterStall - due).isBetween((499 - 10L * i) * MILLI, (500 - 10L * i) * MILLI);
    }
  }

  @Test
  void whatTheStartWasCutBy_isLearntFromTheEarliest() {
    Schedule schedule = new Schedule(START, 1_000);
    long cut = 300_000;
    schedule.next(START + cut + 4 * MILLI);
    assertThat(schedule.next(START + MILLI + cut)).isEqualTo(START + MILLI + cut);
    assertThat(schedule.next(START + 9 * MILLI)).isEqualTo(START + 2 * MILLI + cut);
  }

  @Test
  void requestIsNeverDueAfterItBegan() {
    Schedule schedule = new Schedule(START, 1_000);
    for (int i = 0; i < 100; i++) {
      long now = START + i * MILLI + 100_000 + i * 1_000L;
      assertThat(schedule.next(now)).isLessThanOrEqualTo(now);
    }
  }

  @Test
  void second_isThatInWhichItWasDue() {
    Schedule schedule = new Schedule(START, 10);
    int second = 0;
    for (int i = 0; i < 25; i++) {
      second = schedule.second(schedule.next(START + 9_000 * MILLI));
    }
    assertThat(second).isEqualTo(2);
  }
}
