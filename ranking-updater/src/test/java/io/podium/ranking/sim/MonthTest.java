package io.podium.ranking.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class MonthTest {
  @Test
  void aMonthRanksTheSameForwardsShuffledTwiceAndByAPlainScan() throws IOException {
    String csv = GeneratedMonth.csv(2010, 1_000);
    Month month = Month.read(new BufferedReader(new StringReader(csv)));
    assertThat(month.events()).hasSize(1_000);
    assertThat(month.skipped()).isPositive();
    assertThat(new MonthCheck(month.events()).run()).isEqualTo(3 * (1 + 4));
  }
}
