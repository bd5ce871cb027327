package io.podium.ranking.event;

import static io.podium.ranking.event.DecodedJson.DECODER;
import static io.podium.ranking.event.DecodedJson.PLACED;
import static io.podium.ranking.event.DecodedJson.event;
import static io.podium.ranking.event.DecodedJson.rejected;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventEnvelopeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "specversion | \"specversion\":\"1.0\" | \"specversion\":\"0.3\"",
        "specversion | \"specversion\":\"1.0\", | ",
        "id | \"id\":\"o-1001\" | \"id\":\"\"",
        "id | \"id\":\"o-1001\" | \"id\":7",
        "source | \"source\":\"/orders\" | \"source\":null",
        "type | \"type\":\"order.placed\", | ",
        "time | \"time\":\"2026-11-22T09:00:00.120Z\", | ",
        "time | 2026-11-22T09:00:00.120Z | yesterday",
        "duplicate-member | \"id\":\"o-1001\" | \"id\":\"o-1001\",\"id\":\"o-1002\"",
      })
  void envelope_isRejectedWithAReason(String reason, String from, String to) {
    String changed = PLACED.replace(from, to == null ? "" : to);

    assertThat(changed).isNotEqualTo(PLACED);
    assertThat(rejected(changed)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "json | ",
        "json | {",
        "json | {\"id\":NaN}",
        "json | {\"id\":\"a\" \"b\"}",
        "json | nothing",
        "not-an-object | []",
        "not-an-object | 7",
        "not-an-object | null",
      })
  void notAnEvent_isRejectedWithAReason(String reason, String json) {
    assertThat(rejected(json == null ? "" : json)).isEqualTo(reason);
  }

  @Test
  void whatFollowsTheEvent_isAFault() {
    assertThat(rejected(PLACED + "{}")).isEqualTo("json");
  }

  @Test
  void deepNesting_isAFault() {
    assertThat(rejected(event("order.placed", "[".repeat(10_000)))).isEqualTo("json");
    assertThat(
            rejected(
                event(
                    "product.patched",
                    "{\"productId\":\"P\",\"card\":{\"a\":"
                        + "[".repeat(100)
                        + "]".repeat(100)
                        + "}}")))
        .isEqualTo("json");
  }

  @Test
  void otherEncodings_areAFault() {
    Decoded utf16 = DECODER.decode(PLACED.getBytes(java.nio.charset.StandardCharsets.UTF_16LE));

    assertThat(((Decoded.Rejected) utf16).reason()).isEqualTo("json");
  }

  @Test
  void tenMegabyteStrings_areTooLarge() {
    assertThat(rejected(PLACED.replace("P1", "P".repeat(10_000_000)))).isEqualTo("too-large");
  }

  @Test
  void longIds_areRejected() {
    assertThat(rejected(PLACED.replace("P1", "P".repeat(201)))).isEqualTo("product-id");
    assertThat(rejected(PLACED.replace("o-1001", "P".repeat(201)))).isEqualTo("id");
  }

  @Test
  void rejected_tellsWhichEventAsFarAsItWasReadable() {
    Decoded decoded = DECODER.decode(PLACED.replace("12900", "-1").getBytes(UTF_8));

    assertThat(decoded)
        .isEqualTo(new Decoded.Rejected("/orders", "o-1001", "order.placed", "unit-price"));
  }

  @Test
  void randomDamage_neverThrows() {
    byte[] whole = PLACED.getBytes(UTF_8);
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k <= i % 4; k++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      assertThat(DECODER.decode(damaged)).isNotNull();
    }
  }
}
