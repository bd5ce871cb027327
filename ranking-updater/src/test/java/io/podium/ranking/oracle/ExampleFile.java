package io.podium.ranking.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.card.Stamp;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Rule;
import io.podium.ranking.board.Score;
import io.podium.ranking.board.Window;
import io.podium.ranking.event.SalesEvent;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One example of DESIGN 4.2, read by the oracle's own hands: neither the decoder nor the parser of
 * the updater, so that a fault of theirs cannot hide here.
 */
record ExampleFile(
    Board board,
    List<SalesEvent> events,
    List<Rule> rules,
    Instant at,
    List<Slice> slices,
    JsonNode listings) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static ExampleFile read(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ExampleFile.class.getResourceAsStream("/examples/" + name), name)) {
      JsonNode root = JSON.readTree(in);
      List<SalesEvent> events = new ArrayList<>();
      root.get("events").forEach(e -> events.add(event(e)));
      List<Rule> rules = new ArrayList<>();
      root.path("rules").forEach(r -> rules.add(rule(r)));
      List<Slice> slices = new ArrayList<>();
      root.get("slices").forEach(s -> slices.add(slice(s)));
      return new ExampleFile(
          board(root.get("board")),
          events,
          rules,
          Instant.parse(root.get("at").textValue()),
          slices,
          root.get("listings"));
    }
  }

  static Slice slice(JsonNode node) {
    return Slice.of(texts(node));
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new HashMap<>();
    node.properties().forEach(p -> texts.put(p.getKey(), p.getValue().textValue()));
    return texts;
  }

  private static Board board(JsonNode b) {
    List<List<String>> cuts = new ArrayList<>();
    for (JsonNode cut : b.get("slices")) {
      List<String> dimensions = new ArrayList<>();
      cut.forEach(d -> dimensions.add(d.textValue()));
      cuts.add(dimensions);
    }
    JsonNode cap = b.path("buyerCap");
    JsonNode diversity = b.path("diversity");
    return new Board(
        "b",
        Map.of(),
        score(b.get("score")),
        window(b),
        Duration.parse(b.path("step").asText("PT1M")),
        b.path("clock").asText("wall").equals("event"),
        Duration.ofSeconds(1),
        b.path("size").asInt(100),
        cuts,
        b.path("currency").textValue(),
        cap.isMissingNode()
            ? null
            : new Board.BuyerCap(
                cap.get("units").longValue(), Duration.parse(cap.get("per").textValue())),
        diversity.isMissingNode() ? null : diversity(diversity),
        b.path("rankBy").textValue(),
        b.path("minEntries").asInt(0),
        Duration.ofHours(1),
        b.path("maxValues").asInt(10_000),
        Duration.ofMinutes(10),
        Duration.ofDays(1),
        true,
        false,
        null);
  }

  private static Board.Diversity diversity(JsonNode node) {
    String member =
        node.properties().stream()
            .map(Map.Entry::getKey)
            .filter(k -> !k.equals("within"))
            .findFirst()
            .orElseThrow();
    return new Board.Diversity(member, node.get(member).intValue(), node.get("within").intValue());
  }

  private static Score score(JsonNode node) {
    if (node.isObject()) {
      Map<String, Long> weights = new HashMap<>();
      node.properties().forEach(p -> weights.put(p.getKey(), p.getValue().longValue()));
      return new Score.Weights(weights);
    }
    return switch (node.textValue()) {
      case "orders" -> new Score.Orders();
      case "revenue" -> new Score.Revenue();
      default -> new Score.Units();
    };
  }

  private static Window window(JsonNode b) {
    if (b.has("halfLife")) {
      return new Window.HalfLife(Duration.parse(b.get("halfLife").textValue()));
    }
    String window = b.get("window").textValue();
    return window.equals("today")
        ? new Window.Today(ZoneId.of(b.get("zone").textValue()))
        : new Window.Sliding(Duration.parse(window));
  }

  private static Rule rule(JsonNode r) {
    return new Rule(
        r.get("id").textValue(),
        r.get("board").textValue(),
        r.has("slice") ? slice(r.get("slice")) : null,
        r.get("productId").textValue(),
        Rule.Action.valueOf(r.get("action").textValue().toUpperCase(Locale.ROOT)),
        r.path("place").asInt(0),
        r.has("factor") ? new BigDecimal(r.get("factor").asText()) : null,
        r.has("from") ? Instant.parse(r.get("from").textValue()) : null,
        r.has("until") ? Instant.parse(r.get("until").textValue()) : null,
        r.path("author").asText(""),
        r.path("reason").asText(""));
  }

  private static SalesEvent event(JsonNode e) {
    JsonNode data = e.get("data");
    SalesEvent.Meta meta =
        new SalesEvent.Meta(
            e.get("source").textValue(),
            e.get("id").textValue(),
            e.get("type").textValue(),
            Instant.parse(e.get("time").textValue()),
            e.toString().hashCode());
    String orderId = data.path("orderId").textValue();
    String currency = data.path("currency").textValue();
    List<SalesEvent.Line> lines = data.has("lines") ? lines(data.get("lines")) : null;
    return switch (meta.type()) {
      case "order.placed" ->
          new SalesEvent.OrderPlaced(
              meta,
              Objects.requireNonNull(orderId),
              currency,
              buyer(data),
              Objects.requireNonNull(lines));
      case "order.cancelled" ->
          new SalesEvent.OrderCancelled(meta, orderId, currency, buyer(data), lines);
      case "product.upserted", "product.patched", "product.removed" ->
          new SalesEvent.CardChange(meta, card(meta, data));
      default ->
          new SalesEvent.Signal(
              meta,
              data.get("productId").textValue(),
              data.path("quantity").asLong(1),
              buyer(data));
    };
  }

  private static List<SalesEvent.Line> lines(JsonNode node) {
    List<SalesEvent.Line> lines = new ArrayList<>();
    node.forEach(
        l ->
            lines.add(
                new SalesEvent.Line(
                    l.get("productId").textValue(),
                    l.get("quantity").longValue(),
                    l.path("unitPrice").asLong(0))));
    return lines;
  }

  private static SalesEvent.Buyer buyer(JsonNode data) {
    Map<String, String> members = texts(data.path("buyer"));
    @Nullable String id = members.remove("id");
    return new SalesEvent.Buyer(id, members);
  }

  private static Card card(SalesEvent.Meta meta, JsonNode data) {
    Stamp stamp = new Stamp(meta.time(), meta.id());
    String product = data.get("productId").textValue();
    if (meta.type().equals("product.removed")) {
      return Card.removal(product, stamp);
    }
    Map<String, Member> members = new HashMap<>();
    data.get("card")
        .properties()
        .forEach(
            p ->
                members.put(
                    p.getKey(),
                    new Member(stamp, p.getValue().isNull() ? null : p.getValue().toString())));
    return Card.of(product, members);
  }
}
