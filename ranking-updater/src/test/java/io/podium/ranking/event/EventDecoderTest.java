package io.podium.ranking.event;

import static io.podium.ranking.event.DecodedJson.PLACED;
import static io.podium.ranking.event.DecodedJson.accepted;
import static io.podium.ranking.event.DecodedJson.event;
import static io.podium.ranking.event.DecodedJson.rejected;
import static org.assertj.core.api.Assertions.assertThat;

import io.podium.card.Member;
import io.podium.card.Stamp;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.CardChange;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import io.podium.ranking.event.SalesEvent.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventDecoderTest {
  private static String line(String line) {
    return event("order.placed", "{\"orderId\":\"1\",\"lines\":[" + line + "]}");
  }

  private static String quantity(String number) {
    return line("{\"productId\":\"P1\",\"quantity\":" + number + ",\"unitPrice\":1}");
  }

  private static String price(String number) {
    return line("{\"productId\":\"P1\",\"quantity\":1,\"unitPrice\":" + number + "}");
  }

  @Test
  void orderPlaced_isReadWhole() {
    OrderPlaced order = (OrderPlaced) accepted(PLACED);

    assertThat(order.meta().id()).isEqualTo("o-1001");
    assertThat(order.meta().source()).isEqualTo("/orders");
    assertThat(order.meta().time()).isEqualTo(Instant.parse("2026-11-22T09:00:00.120Z"));
    assertThat(order.orderId()).isEqualTo("1001");
    assertThat(order.currency()).isEqualTo("KRW");
    assertThat(order.buyer())
        .isEqualTo(
            new Buyer(
                "b-7", Map.of("ageGroup", "20s", "country", "KR", "vip", "true", "level", "3")));
    assertThat(order.lines()).containsExactly(new Line("P1", 2, 12_900));
  }

  @Test
  void memberOrder_doesNotMatter() {
    SalesEvent dataFirst =
        accepted(
            """
            {"data":{"lines":[{"unitPrice":1,"quantity":2,"productId":"P1"}],"orderId":"7"},
             "time":"2026-11-22T09:00:00Z","type":"order.placed","source":"/t","id":"e1",
             "specversion":"1.0"}
            """);
    SalesEvent dataLast =
        accepted(
            event(
                "order.placed",
                "{\"orderId\":\"7\",\"lines\":[{\"productId\":\"P1\",\"quantity\":2.0,"
                    + "\"unitPrice\":1,\"note\":\"gift\"}],\"channel\":{\"a\":[1]}}"));

    assertThat(dataFirst).isEqualTo(dataLast);
    assertThat(dataFirst.meta().contentHash()).isEqualTo(dataLast.meta().contentHash());
  }

  @Test
  void contentHash_tellsOtherContentButNotOtherExtensions() {
    long hash = accepted(PLACED).meta().contentHash();

    assertThat(accepted(PLACED.replace("\"1.0\",", "\"1.0\",\"traceparent\":\"00-1\",")))
        .extracting(e -> e.meta().contentHash())
        .isEqualTo(hash);
    for (String[] change :
        List.of(
            new String[] {"\"quantity\":2", "\"quantity\":3"},
            new String[] {"12900", "12901"},
            new String[] {"P1", "P2"},
            new String[] {"20s", "30s"},
            new String[] {"b-7", "b-8"},
            new String[] {"KRW", "USD"},
            new String[] {".120Z", ".121Z"},
            new String[] {"\"1001\"", "\"1002\""})) {
      assertThat(accepted(PLACED.replace(change[0], change[1])).meta().contentHash())
          .as(change[1])
          .isNotEqualTo(hash);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "2.0", "2.000", "2e0", "0.2e1", "20e-1"})
  void quantity_isExactInAnyNotation(String number) {
    assertThat(((OrderPlaced) accepted(quantity(number))).lines().get(0).quantity()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-1",
        "2.5",
        "0.999999999999999999999",
        "1000000001",
        "9223372036854775808",
        "-9223372036854775808",
        "1e400",
        "1e999999999",
        "1e-999999999",
        "1e99999999999",
        "123456789012345678901234567890",
        "\"2\"",
        "\"NaN\"",
        "null",
        "true",
        "[1]",
        "{}"
      })
  void quantity_outsideOneToTenToTheNinth_isRejected(String number) {
    assertThat(rejected(quantity(number))).isEqualTo("quantity");
  }

  @Test
  void quantity_upToTenToTheNinth() {
    assertThat(((OrderPlaced) accepted(quantity("1000000000"))).lines().get(0).quantity())
        .isEqualTo(1_000_000_000);
    assertThat(((OrderPlaced) accepted(quantity("1e9"))).lines().get(0).quantity())
        .isEqualTo(1_000_000_000);
  }

  @Test
  void quantity_ofAnAbsurdLength_isRejected() {
    assertThat(rejected(quantity("9".repeat(100_000)))).isEqualTo("quantity");
    assertThat(rejected(quantity("1." + "0".repeat(100_000)))).isEqualTo("quantity");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "0.5", "1000000001", "1e400", "\"1\"", "null", "9223372036854775808"})
  void unitPrice_outsideZeroToTenToTheNinth_isRejected(String number) {
    assertThat(rejected(price(number))).isEqualTo("unit-price");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-0", "0.0", "1000000000"})
  void unitPrice_ofZeroIsValid(String number) {
    assertThat(accepted(price(number))).isInstanceOf(OrderPlaced.class);
  }

  @Test
  void unitPrice_mayBeMissingInCancellationsOnly() {
    String noPrice = "{\"productId\":\"P1\",\"quantity\":1}";

    assertThat(rejected(line(noPrice))).isEqualTo("unit-price");
    OrderCancelled cancelled =
        (OrderCancelled) accepted(event("order.cancelled", "{\"lines\":[" + noPrice + "]}"));
    assertThat(cancelled.lines()).containsExactly(new Line("P1", 1, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "data | null",
        "data | []",
        "data | \"text\"",
        "missing-order-id | {\"lines\":[]}",
        "missing-order-id | {\"orderId\":null}",
        "order-id | {\"orderId\":7}",
        "order-id | {\"orderId\":\"\"}",
        "no-lines | {\"orderId\":\"1\"}",
        "no-lines | {\"orderId\":\"1\",\"lines\":null}",
        "no-lines | {\"orderId\":\"1\",\"lines\":[]}",
        "lines | {\"orderId\":\"1\",\"lines\":{}}",
        "lines | {\"orderId\":\"1\",\"lines\":[7]}",
        "product-id | {\"orderId\":\"1\",\"lines\":[{}]}",
        "product-id | {\"orderId\":\"1\",\"lines\":[{\"productId\":\"\",\"quantity\":1}]}",
        "product-id | {\"orderId\":\"1\",\"lines\":[{\"productId\":\"a\\u0001\",\"quantity\":1}]}",
        "product-id | {\"orderId\":\"1\",\"lines\":[{\"productId\":\"\\ud800\",\"quantity\":1}]}",
        "quantity | {\"orderId\":\"1\",\"lines\":[{\"productId\":\"P1\",\"unitPrice\":1}]}",
        "currency | {\"orderId\":\"1\",\"currency\":\"BTC\"}",
        "currency | {\"orderId\":\"1\",\"currency\":\"krw\"}",
        "currency | {\"orderId\":\"1\",\"currency\":410}",
        "buyer | {\"orderId\":\"1\",\"buyer\":\"b-7\"}",
        "buyer | {\"orderId\":\"1\",\"buyer\":{\"id\":7}}",
        "duplicate-member | {\"orderId\":\"1\",\"orderId\":\"1\"}",
        "duplicate-member | {\"lines\":[{\"quantity\":1,\"quantity\":1}]}",
        "duplicate-member | {\"buyer\":{\"id\":\"a\",\"id\":\"b\"}}",
        "duplicate-member | {\"buyer\":{\"age\":\"a\",\"age\":\"b\"}}",
      })
  void orderPlaced_isRejectedWithAReason(String reason, String data) {
    assertThat(rejected(event("order.placed", data))).isEqualTo(reason);
  }

  @Test
  void orderPlaced_takesAsManyLinesAsFitIntoAnEvent() {
    String line = "{\"productId\":\"P\",\"quantity\":1,\"unitPrice\":1}";
    int fit = (EventDecoder.MAX_EVENT_BYTES - 300) / (line.length() + 1);
    String lines = (line + ",").repeat(fit - 1) + line;

    assertThat(((OrderPlaced) accepted(line(lines))).lines())
        .hasSize(fit)
        .hasSizeGreaterThan(5_000);
    assertThat(rejected(line(lines + ",{}"))).isEqualTo("product-id");
  }

  @Test
  void buyer_withoutAnIdIsUnknown() {
    for (String buyer : List.of("null", "{}", "{\"id\":null}", "{\"id\":\"\"}")) {
      SalesEvent event =
          accepted(
              event(
                  "order.placed",
                  "{\"orderId\":\"1\",\"buyer\":"
                      + buyer
                      + ",\"lines\":[{\"productId\":\"P\",\"quantity\":1,\"unitPrice\":1}]}"));
      assertThat(((OrderPlaced) event).buyer().id()).as(buyer).isNull();
    }
  }

  @Test
  void cancellation_needsAnOrderOrLines() {
    OrderCancelled whole =
        (OrderCancelled) accepted(event("order.cancelled", "{\"orderId\":\"1\"}"));
    assertThat(whole.lines()).isNull();

    assertThat(rejected(event("order.cancelled", "{}"))).isEqualTo("no-lines");
    assertThat(rejected(event("order.cancelled", "{\"lines\":[]}"))).isEqualTo("no-lines");
    assertThat(rejected(event("order.cancelled", "{\"orderId\":\"1\",\"lines\":[]}")))
        .isEqualTo("no-lines");
  }

  @Test
  void signal_hasOneUnitUnlessItSaysMore() {
    Signal view = (Signal) accepted(event("product.viewed", "{\"productId\":\"P1\"}"));
    assertThat(view.quantity()).isEqualTo(1);
    assertThat(view.buyer()).isSameAs(Buyer.UNKNOWN);

    Signal sold =
        (Signal)
            accepted(
                event(
                    "store.sold",
                    "{\"productId\":\"P1\",\"quantity\":3,\"buyer\":{\"ageGroup\":\"20s\"}}"));
    assertThat(sold.quantity()).isEqualTo(3);
    assertThat(sold.buyer().attributes()).containsEntry("ageGroup", "20s");
  }

  @ParameterizedTest
  @ValueSource(strings = {"product.viewed", "cart.added", "store.sold"})
  void signal_thatCounts_mustBeWhole(String type) {
    assertThat(rejected(event(type, "null"))).isEqualTo("data");
    assertThat(rejected(event(type, "{}"))).isEqualTo("product-id");
    assertThat(rejected(event(type, "{\"productId\":\"P\",\"quantity\":0}"))).isEqualTo("quantity");
    assertThat(rejected(event(type, "{\"productId\":\"P\",\"buyer\":7}"))).isEqualTo("buyer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "7", "[{}]", "{}", "{\"productId\":7}", "{\"quantity\":\"many\"}"})
  void typeThatNoBoardWeighs_isASignalWhateverItSays(String data) {
    Signal signal = (Signal) accepted(event("coupon.issued", data));

    assertThat(signal.productId()).isEmpty();
    assertThat(signal.quantity()).isEqualTo(1);
  }

  @Test
  void card_membersAreCompactJsonWithTheEventsStamp() {
    CardChange change =
        (CardChange)
            accepted(
                event(
                    "product.upserted",
                    """
                    {"productId":"P1","card":{"name":"\\uc218\\ubd84 크림 \\"50ml\\"","stock":0.0,
                     "price":1e2,"onSale":null,"media":[ {"u":"a/b"} , true , null, [] , {} ]}}
                    """));

    Stamp stamp = new Stamp(Instant.parse("2026-11-22T09:00:00Z"), "e1");
    assertThat(change.change().productId()).isEqualTo("P1");
    assertThat(change.change().members())
        .containsOnly(
            Map.entry("name", new Member(stamp, "\"수분 크림 \\\"50ml\\\"\"")),
            Map.entry("stock", new Member(stamp, "0.0")),
            Map.entry("price", new Member(stamp, "1e2")),
            Map.entry("onSale", new Member(stamp, null)),
            Map.entry("media", new Member(stamp, "[{\"u\":\"a/b\"},true,null,[],{}]")));
  }

  @Test
  void removal_needsNoCard() {
    CardChange change = (CardChange) accepted(event("product.removed", "{\"productId\":\"P1\"}"));

    assertThat(change.change().isRemoved()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "data | null",
        "product-id | {\"card\":{}}",
        "card | {\"productId\":\"P1\"}",
        "card | {\"productId\":\"P1\",\"card\":null}",
        "card | {\"productId\":\"P1\",\"card\":[]}",
        "card | {\"productId\":\"P1\",\"card\":{\"name\":\"\\udc00\"}}",
        "duplicate-member | {\"productId\":\"P1\",\"card\":{\"a\":1,\"a\":2}}",
        "duplicate-member | {\"productId\":\"P1\",\"card\":{\"a\":null,\"a\":2}}",
        "duplicate-member | {\"productId\":\"P1\",\"card\":{\"a\":{\"b\":1,\"b\":2}}}",
      })
  void cardChange_isRejectedWithAReason(String reason, String data) {
    assertThat(rejected(event("product.patched", data))).isEqualTo(reason);
  }
}
