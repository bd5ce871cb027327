package io.podium.ranking.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.config.Config;
import io.podium.ranking.board.BoardParser;

/** Events as JSON, and what the decoder makes of them. */
final class DecodedJson {
  static final String PLACED =
      """
      {"specversion":"1.0","id":"o-1001","source":"/orders","type":"order.placed",
       "time":"2026-11-22T09:00:00.120Z",
       "data":{"orderId":"1001","currency":"KRW",
               "buyer":{"id":"b-7","ageGroup":"20s","country":"KR","vip":true,"level":3,"tags":["x"]},
               "lines":[{"productId":"P1","quantity":2,"unitPrice":12900}]}}
      """;

  static final EventDecoder DECODER =
      new EventDecoder(
          BoardParser.parse(
              Config.parse(
                  "{b: {score: {store.sold: 8, order.placed: 1}, window: PT1H, slices: [[]]}}",
                  "test")));

  static SalesEvent accepted(String json) {
    Decoded decoded = DECODER.decode(json.getBytes(UTF_8));
    assertThat(decoded).isInstanceOf(Decoded.Accepted.class);
    return ((Decoded.Accepted) decoded).event();
  }

  static String rejected(String json) {
    Decoded decoded = DECODER.decode(json.getBytes(UTF_8));
    assertThat(decoded).as(json).isInstanceOf(Decoded.Rejected.class);
    return ((Decoded.Rejected) decoded).reason();
  }

  static String event(String type, String data) {
    return "{\"specversion\":\"1.0\",\"id\":\"e1\",\"source\":\"/t\",\"type\":\""
        + type
        + "\",\"time\":\"2026-11-22T09:00:00Z\",\"data\":"
        + data
        + "}";
  }

  private DecodedJson() {}
}
