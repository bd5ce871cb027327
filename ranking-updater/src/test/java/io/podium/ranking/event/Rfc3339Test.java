package io.podium.ranking.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T09:00:00Z",
        "2026-11-22T09:00:00.1Z",
        "2026-11-22T09:00:00.123456789Z",
        "2026-11-22T09:00:00+09:00",
        "2026-11-22T09:00:00.5-11:30",
        "2024-02-29T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "1969-12-31T23:59:59.5Z",
      })
  void parse_readsWhatTheJdkReads(String text) {
    assertThat(Rfc3339.parse(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-11-22t09:00:00z", "2026-11-22T09:00:00.0000000009Z"})
  void parse_readsLowerCaseAndCutsBeyondNanoseconds(String text) {
    assertThat(Rfc3339.parse(text)).isEqualTo(Instant.parse("2026-11-22T09:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-11-22",
        "2026-11-22T09:00:00",
        "2026-11-22T09:00Z",
        "2026-11-22 09:00:00Z",
        "2026-11-22T09:00:00.Z",
        "2026-11-22T09:00:00.5",
        "2026-11-22T09:00:00+0900",
        "2026-11-22T09:00:00+9:00",
        "2026-11-22T09:00:00+24:00",
        "2026-11-22T09:00:00*09:00",
        "2026-11-22T09:00:00Zz",
        "2026-13-22T09:00:00Z",
        "2026-02-29T09:00:00Z",
        "2026-11-00T09:00:00Z",
        "2026-11-22T24:00:00Z",
        "2026-11-22T09:60:00Z",
        "2026-11-22T09:00:60Z",
        "2026-11-2xT09:00:00Z",
        "-026-11-22T09:00:00Z",
        "२०२६-11-22T09:00:00Z",
        "1795338000",
      })
  void parse_refusesTheRest(String text) {
    assertThat(Rfc3339.parse(text)).isNull();
  }
}
