package io.podium.ranking.board;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.podium.listing.Slice;
import io.podium.ranking.rules.RuleJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleParserTest {
  private static final String PIN =
      """
      {"id":"r-12","board":"best-sellers","slice":{"category":"beauty/skincare"},"productId":"P1",
       "action":"pin","place":3,"from":"2026-11-22T00:00:00Z","until":"2026-11-29T09:00:00+09:00",
       "author":"merch-1","reason":"브랜드 데이"}
      """;

  private static List<Rule> parse(String json) throws RuleException {
    return RuleParser.parse(json.getBytes(UTF_8));
  }

  private static void refused(String json, String member) {
    assertThatThrownBy(() -> parse(json))
        .as(json)
        .isInstanceOfSatisfying(RuleException.class, e -> assertThat(e.member()).isEqualTo(member))
        .hasMessageNotContaining("\n")
        .hasMessageStartingWith(member);
  }

  @Test
  void rule_isReadWhole() throws Exception {
    assertThat(parse(PIN))
        .containsExactly(
            new Rule(
                "r-12",
                "best-sellers",
                Slice.of(Map.of("category", "beauty/skincare")),
                "P1",
                Rule.Action.PIN,
                3,
                null,
                Instant.parse("2026-11-22T00:00:00Z"),
                Instant.parse("2026-11-29T00:00:00Z"),
                "merch-1",
                "브랜드 데이"));
  }

  @Test
  void rule_ofAFarYear_isReadAsItIsWritten() throws Exception {
    Rule rule =
        parse(
                PIN.replace("2026-11-22T00:00:00Z", "0000-01-01T00:00:00Z")
                    .replace("2026-11-29T09:00:00+09:00", "+020266-11-29T09:00:00Z"))
            .get(0);

    assertThat(parse(RuleJson.of(rule).toString())).containsExactly(rule);
  }

  @Test
  void array_isReadInOrder() throws Exception {
    List<Rule> rules =
        parse(
            """
            [{"id":"1","board":"b","productId":"P","action":"boost","factor":1.25},
             {"id":"2","board":"b","productId":"P","action":"bury","factor":0.1},
             {"id":"3","board":"b","productId":"P","action":"hide","slice":null},
             {"id":"4","board":"b","productId":"P","action":"hide","slice":{}}]
            """);

    assertThat(rules)
        .extracting(Rule::factor)
        .containsExactly(new BigDecimal("1.25"), new BigDecimal("0.1"), null, null);
    assertThat(rules.get(2).slice()).isNull();
    assertThat(rules.get(3).slice()).isEqualTo(Slice.WHOLE_SHOP);
    assertThat(rules.get(0).author()).isEmpty();
    assertThat(parse("[]")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "id | \"id\":\"r-12\" | \"id\":\"\"",
        "id | \"id\":\"r-12\" | \"id\":12",
        "id | \"id\":\"r-12\", | ",
        "board | \"board\":\"best-sellers\", | ",
        "productId | \"productId\":\"P1\", | ",
        "action | \"pin\" | \"PIN\"",
        "action | \"action\":\"pin\", | ",
        "place | \"place\":3 | \"place\":0",
        "place | \"place\":3 | \"place\":1.5",
        "place | \"place\":3 | \"place\":\"3\"",
        "place | \"place\":3 | \"place\":1001",
        "place | \"place\":3, | ",
        "place | \"pin\" | \"hide\"",
        "factor | \"place\":3 | \"place\":3,\"factor\":2",
        "slice | {\"category\":\"beauty/skincare\"} | \"category\"",
        "slice | \"beauty/skincare\" | 7",
        "slice | \"beauty/skincare\" | \"\"",
        "from | 2026-11-22T00:00:00Z | tomorrow",
        "until | 2026-11-29T09:00:00+09:00 | 2026-11-22T00:00:00Z",
        "author | \"merch-1\" | 7",
        "reason | \"브랜드 데이\" | [1]",
        "note | \"place\":3 | \"place\":3,\"note\":\"x\"",
      })
  void rule_isRefusedByMember(String member, String from, String to) {
    String changed = PIN.replace(from, to == null ? "" : to);

    assertThat(changed).isNotEqualTo(PIN);
    refused(changed, member);
    refused("[" + PIN.replace("r-12", "r-11") + "," + changed + "]", "[1]." + member);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "0.5", "0", "-2", "\"2\"", "1000001", "1e999999999", "1.0000000000001"})
  void boost_isAboveOne(String factor) {
    refused(
        "{\"id\":\"1\",\"board\":\"b\",\"productId\":\"P\",\"action\":\"boost\",\"factor\":"
            + factor
            + "}",
        "factor");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "0", "-0.5", "null", "1e-999999999"})
  void bury_isBetweenZeroAndOne(String factor) {
    refused(
        "{\"id\":\"1\",\"board\":\"b\",\"productId\":\"P\",\"action\":\"bury\",\"factor\":"
            + factor
            + "}",
        "factor");
  }

  @Test
  void hugeExponents_costNothing() {
    refused(
        "{\"id\":\"1\",\"board\":\"b\",\"productId\":\"P\",\"action\":\"pin\",\"place\":1e999999999}",
        "place");
  }

  @Test
  void ids_mustDiffer() {
    refused("[" + PIN + "," + PIN + "]", "[1].id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "{", "[1", "{\"id\":\"1\",\"id\":\"2\"}", "[] []", "nothing"})
  void notJson_isRefused(String json) {
    refused(json, "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "null", "\"pin\""})
  void otherThanObjects_areRefused(String json) {
    refused(json, "");
    refused("[" + json + "]", "[0]");
  }
}
