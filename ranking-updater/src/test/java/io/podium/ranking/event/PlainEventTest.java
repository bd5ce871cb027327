package io.podium.ranking.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody can tell which of the two readers read an event. */
class PlainEventTest {
  private static final String HEAD =
      "{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"/s\",\"time\":\"2026-11-22T09:00:00Z\",";

  private static final List<String> SEEDS =
      List.of(
          DecodedJson.PLACED,
          HEAD
              + "\"type\":\"order.placed\",\"data\":{\"orderId\":\"o-1\",\"buyer\":{\"ageGroup\":\"20s\"},"
              + "\"lines\":[{\"productId\":\"P1\",\"quantity\":2,\"unitPrice\":0},"
              + "{\"unitPrice\":100,\"quantity\":1000000000,\"productId\":\"P2\"}]}}",
          HEAD
              + "\"type\":\"order.cancelled\",\"data\":{\"orderId\":\"o-1\",\"currency\":\"KRW\"}}",
          HEAD
              + "\"type\":\"order.cancelled\",\"data\":{\"orderId\":\"o-1\","
              + "\"lines\":[{\"productId\":\"P1\",\"quantity\":2}]}}",
          HEAD
              + "\"type\":\"product.viewed\",\"traceparent\":\"00-1\",\"data\":{\"productId\":\"P1\","
              + "\"quantity\":3,\"buyer\":{\"id\":\"b-7\",\"country\":\"KR\"}}}",
          HEAD + "\"type\":\"store.sold\",\"data\":{ \"productId\" : \"P\\u0031\" }}",
          HEAD + "\"type\":\"coupon.issued\",\"data\":{\"productId\":\"P1\"}}",
          HEAD + "\"type\":\"product.viewed\",\"data\":{\"productId\":\"토너\",\"quantity\":2.0}}",
          HEAD
              + "\"type\":\"product.upserted\",\"data\":{\"productId\":\"P1\",\"card\":{\"stock\":0}}}");

  /** What a mutation puts in. */
  private static final List<String> PIECES =
      List.of(
          "\"",
          "\\",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          " ",
          "\n",
          "0",
          "-",
          ".",
          "e",
          "1",
          "00",
          "null",
          "true",
          "\u007f",
          "\u0001",
          "é",
          "\"id\":\"x\",",
          "\"quantity\":2,",
          "\"quantity\":1e0",
          "\"productId\":\"P9\",",
          "\"unitPrice\":-1,",
          "\"buyer\":{},",
          "\"lines\":[],",
          "\"\"");

  @Test
  void decode_randomMutations_agreesWithTheGeneralReader() {
    Random random = new Random(20_261_122);
    for (int i = 0; i < 100_000; i++) {
      byte[] json = SEEDS.get(random.nextInt(SEEDS.size())).getBytes(UTF_8);
      for (int n = random.nextInt(3); n >= 0; n--) {
        json = mutated(json, random);
      }
      assertSame(json);
    }
  }

  @Test
  void decode_seeds_agreesWithTheGeneralReader() {
    SEEDS.forEach(seed -> assertSame(seed.getBytes(UTF_8)));
  }

  @Test
  void read_commonShapes_doesNotGiveUp() {
    for (int seed : new int[] {1, 2, 4, 6}) {
      byte[] json = SEEDS.get(seed).getBytes(UTF_8);
      assertThat(new PlainEvent(json, new Word[0], new Recurring()).read(new Envelope()))
          .as("%d", seed)
          .isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "abcdefg", "abcdefgh", "abcdefghi", "o-10000001", "0123456789abcdef0"})
  void addAscii_isTheKeyOfTheText(String text) {
    byte[] bytes = ("xyz" + text + "\"").getBytes(UTF_8);
    Key of = new Key().start().add("/s").add(text);
    Key ascii = new Key().start().add("/s").addAscii(bytes, 3, text.length());
    assertThat(ascii.hi).isEqualTo(of.hi);
    assertThat(ascii.lo).isEqualTo(of.lo);
  }

  private static void assertSame(byte[] json) {
    Decoded decoded = DecodedJson.DECODER.decode(json);
    if (!decoded.equals(DecodedJson.DECODER.decodeAny(json))) {
      assertThat(decoded)
          .as(new String(json, UTF_8))
          .isEqualTo(DecodedJson.DECODER.decodeAny(json));
    }
  }

  private static byte[] mutated(byte[] json, Random random) {
    int at = random.nextInt(json.length + 1);
    int cut =
        Math.min(json.length - at, random.nextInt(4) == 0 ? random.nextInt(12) : random.nextInt(2));
    byte[] piece = new byte[0];
    if (random.nextInt(3) > 0) {
      piece = PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8);
    } else if (random.nextBoolean()) {
      // A part of the event stands a second time.
      int from = random.nextInt(json.length + 1);
      piece = Arrays.copyOfRange(json, from, Math.min(json.length, from + random.nextInt(40)));
    }
    byte[] out = new byte[json.length - cut + piece.length];
    System.arraycopy(json, 0, out, 0, at);
    System.arraycopy(piece, 0, out, at, piece.length);
    System.arraycopy(json, at + cut, out, at + piece.length, json.length - at - cut);
    return out.length == 0 ? new byte[] {' '} : out;
  }
}
