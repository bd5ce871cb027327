package io.podium.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  private static final Budget BUDGET =
      new Budget(
          "U1",
          "throughput",
          "적용 Applying",
          "x",
          "ZINCRBY",
          Limit.parse(">= 20"),
          null,
          "why",
          null);
  private static final Judgement BREACH =
      Judgement.of(
          BUDGET,
          new Figure(
              "throughput",
              List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0),
              0.1,
              Map.of("candidate", "400k events/s")));

  @Test
  void row_tellsLimitMedianIntervalAndVerdict() {
    assertThat(Table.of(List.of(BREACH)))
        .contains(">= 20 x", "4.00 x", "2.00 - 6.00", "BREACHED", "candidate: 400k events/s");
  }

  @Test
  void budgetThatWasNotMeasured_tellsWhy() {
    assertThat(Table.of(List.of(Judgement.notMeasured(BUDGET, "no redis-server"))))
        .contains("not measured", "no redis-server");
  }

  @Test
  void file_keepsEveryRound(@TempDir Path dir) throws IOException {
    Path file = dir.resolve("below").resolve("result.json");
    Result.of(Mode.QUICK, Instant.EPOCH, Map.of("jdk", "17"), List.of(BREACH)).write(file);
    JsonNode budget = new JsonMapper().readTree(file.toFile()).get("budgets").get(0);
    assertThat(budget.get("rounds")).hasSize(7);
    assertThat(budget.get("median").asDouble()).isEqualTo(4.0);
    assertThat(budget.get("verdict").asText()).isEqualTo("BREACHED");
    assertThat(budget.get("title").asText()).isEqualTo("적용 Applying");
  }

  @Test
  void numbers_keepThreeDigits() {
    assertThat(Text.si(155_200)).isEqualTo("155k");
    assertThat(Text.si(3_141_592)).isEqualTo("3.14M");
    assertThat(Text.si(999)).isEqualTo("999");
    assertThat(Text.number(0.3612)).isEqualTo("0.36");
  }
}
