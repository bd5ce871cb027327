package io.podium.ranking.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.ranking.event.EventStructure.BadEvent;
import io.podium.ranking.event.EventStructure.Checked;
import io.podium.ranking.event.EventStructure.Event;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventStructureTest {
  private static final String ONE =
      "{\"specversion\":\"1.0\",\"id\":\"상품-1\",\"source\":\"/t\",\"type\":\"product.viewed\","
          + "\"time\":\"2026-11-22T09:00:00Z\",\"data\":{\"productId\":\"크림\", \"x\":[1, 2]}}";
  private static final String TIMELESS =
      "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"/t\",\"type\":\"t\"}";
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:01.5Z");

  private static Checked single(String body) {
    return EventStructure.check(body.getBytes(UTF_8), false);
  }

  private static Checked batch(String body) {
    return EventStructure.check(body.getBytes(UTF_8), true);
  }

  private static String text(byte[] json) {
    return new String(json, UTF_8);
  }

  @Test
  void single_keepsTheBytesAsSent() {
    Event event = single("  " + ONE + "\n").events().get(0);

    assertThat(text(event.json())).isEqualTo(ONE);
    assertThat(event.type()).isEqualTo("product.viewed");
    assertThat(event.isTimed()).isTrue();
    assertThat(event.jsonAt(NOW)).isSameAs(event.json());
  }

  @Test
  void batch_isCutIntoItsEvents() {
    Checked checked = batch("[ " + ONE + " ,\n" + TIMELESS + "]");

    assertThat(checked.faults()).isEmpty();
    assertThat(checked.events()).extracting(e -> text(e.json())).containsExactly(ONE, TIMELESS);
    assertThat(batch("[]").events()).isEmpty();
    assertThat(batch("[]").faults()).isEmpty();
  }

  @Test
  void missingTime_isFilledIn() {
    Event event = batch("[" + ONE + "," + TIMELESS + "]").events().get(1);

    assertThat(event.isTimed()).isFalse();
    assertThat(text(event.jsonAt(NOW)))
        .isEqualTo(
            "{\"time\":\"2026-11-22T09:00:01.500Z\",\"specversion\":\"1.0\",\"id\":\"a\","
                + "\"source\":\"/t\",\"type\":\"t\"}");
  }

  @Test
  void nullTime_isReplaced() {
    String body = "[" + ONE + ", " + TIMELESS.replace("}", ", \"time\" : null }") + "]";
    Event event = batch(body).events().get(1);

    assertThat(text(event.jsonAt(NOW)))
        .isEqualTo(
            "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"/t\",\"type\":\"t\","
                + " \"time\" : \"2026-11-22T09:00:01.500Z\" }");
  }

  @Test
  void everyBadEvent_isTold_andNothingIsAccepted() {
    Checked checked =
        batch(
            "["
                + ONE
                + ","
                + ONE.replace("\"id\":\"상품-1\",", "")
                + ",7,"
                + ONE.replace("\"/t\"", "\"\"")
                + ","
                + ONE
                + "]");

    assertThat(checked.events()).isEmpty();
    assertThat(checked.faults())
        .containsExactly(
            new BadEvent(1, "id"), new BadEvent(2, "not-an-object"), new BadEvent(3, "source"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "specversion | \"1.0\" | \"1.1\"",
        "specversion | \"1.0\" | 1.0",
        "id | \"id\":\"상품-1\" | \"id\":\"\"",
        "id | \"id\":\"상품-1\" | \"id\":7",
        "source | \"source\":\"/t\", | ",
        "type | \"type\":\"product.viewed\" | \"type\":null",
        "time | 2026-11-22T09:00:00Z | 2026-11-22",
        "time | \"2026-11-22T09:00:00Z\" | 7",
        "duplicate-member | \"id\": | \"id\":\"b\",\"id\":",
        "json | [1, 2] | [1, 2",
        "json | [1, 2] | [NaN]",
      })
  void badEvent_isRefusedWithAReason(String reason, String from, String to) {
    String body = ONE.replace(from, to == null ? "" : to);

    assertThat(body).isNotEqualTo(ONE);
    assertThat(single(body).faults()).containsExactly(new BadEvent(0, reason));
  }

  @Test
  void businessFaults_areNotStructural() {
    assertThat(single(ONE.replace("\"크림\"", "-1")).faults()).isEmpty();
  }

  @Test
  void largeEvents_areRefused() {
    String large = ONE.replace("크림", "x".repeat(EventDecoder.MAX_EVENT_BYTES));

    assertThat(batch("[" + ONE + "," + large + "," + ONE + "]").faults())
        .containsExactly(new BadEvent(1, "too-large"));
    assertThat(single(ONE.replace("상품-1", "x".repeat(201))).faults())
        .containsExactly(new BadEvent(0, "id"));
  }

  @Test
  void depthIsBounded() {
    assertThat(single("[".repeat(100_000)).faults()).hasSize(1);
    assertThat(single(ONE.replace("[1, 2]", "[".repeat(100) + "]".repeat(100))).faults())
        .containsExactly(new BadEvent(0, "json"));
  }

  @Test
  void wholeBodyFaults_haveNoIndexOfAnEvent() {
    assertThat(batch(ONE).faults())
        .containsExactly(new BadEvent(EventStructure.WHOLE_BODY, "not-an-array"));
    assertThat(batch("").faults()).containsExactly(new BadEvent(EventStructure.WHOLE_BODY, "json"));
    assertThat(single("").faults()).containsExactly(new BadEvent(0, "json"));
    assertThat(single(ONE + ONE).faults())
        .containsExactly(new BadEvent(EventStructure.WHOLE_BODY, "json"));
    assertThat(single("[]").faults()).containsExactly(new BadEvent(0, "not-an-object"));
    assertThat(batch("[" + ONE).faults()).containsExactly(new BadEvent(1, "json"));
  }

  @Test
  void faultsAreBounded() {
    String body = "[" + "{},".repeat(100_000) + "{}]";

    assertThat(batch(body).faults()).hasSize(EventStructure.MAX_FAULTS);
  }

  @Test
  void bytesOfAByteOrderMark_areNotPartOfAnEvent() {
    List<Event> events = single("\uFEFF" + ONE).events();

    assertThat(text(events.get(0).json())).isEqualTo(ONE);
  }
}
