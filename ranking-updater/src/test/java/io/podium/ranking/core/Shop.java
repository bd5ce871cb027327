package io.podium.ranking.core;

import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.card.Stamp;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Score;
import io.podium.ranking.board.Window;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.CardChange;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.Meta;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import io.podium.ranking.event.SalesEvent.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Boards and events for tests, in few words. Times are minutes and seconds after 09:00. */
final class Shop {
  static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");
  private int ids;

  /** A board of units over an hour, by event clock; changed as a test needs. */
  static final class BoardBuilder {
    Score score = new Score.Units();
    Window window = new Window.Sliding(Duration.ofHours(1));
    boolean eventClock = true;
    List<List<String>> slices = List.of(List.of());
    Board.@Nullable BuyerCap cap;
    @Nullable String rankBy;
    int minEntries;
    int maxValues = 10_000;
    int size = 10;

    Board build() {
      return new Board(
          "b",
          Map.of(),
          score,
          window,
          Duration.ofMinutes(1),
          eventClock,
          Duration.ofSeconds(1),
          size,
          slices,
          "KRW",
          cap,
          null,
          rankBy,
          minEntries,
          Duration.ofHours(1),
          maxValues,
          Duration.ofMinutes(10),
          Duration.ofDays(1),
          false,
          false,
          null);
    }
  }

  static BoardBuilder board() {
    return new BoardBuilder();
  }

  static Instant at(String minutesAndSeconds) {
    String[] parts = minutesAndSeconds.split(":", 2);
    return NINE.plusSeconds(60L * Integer.parseInt(parts[0]) + Integer.parseInt(parts[1]));
  }

  Meta meta(String type, Instant time) {
    String id = String.format("e%04d", ids++);
    return new Meta("/t", id, type, time, id.hashCode());
  }

  OrderPlaced order(String orderId, String time, String product, long quantity) {
    return order(orderId, at(time), Buyer.UNKNOWN, new Line(product, quantity, 100));
  }

  OrderPlaced order(String orderId, Instant time, Buyer buyer, Line... lines) {
    return new OrderPlaced(meta("order.placed", time), orderId, "KRW", buyer, List.of(lines));
  }

  OrderCancelled cancel(@Nullable String orderId, String time, Line... lines) {
    return new OrderCancelled(
        meta("order.cancelled", at(time)),
        orderId,
        null,
        Buyer.UNKNOWN,
        lines.length == 0 ? null : List.of(lines));
  }

  Signal signal(String type, String time, String product) {
    return new Signal(meta(type, at(time)), product, 1, Buyer.UNKNOWN);
  }

  CardChange card(String time, String product, String member, String json) {
    Meta meta = meta("product.patched", at(time));
    Stamp stamp = new Stamp(meta.time(), meta.id());
    return new CardChange(meta, Card.of(product, Map.of(member, new Member(stamp, json))));
  }

  static Buyer buyer(String id) {
    return new Buyer(id, Map.of());
  }

  /** Applies all, as received when the last window could still see them. */
  static void apply(RankingCore core, SalesEvent... events) {
    for (SalesEvent e : events) {
      core.apply(e, e.meta().time().toEpochMilli());
    }
  }

  static RankingCore core(BoardBuilder board, SalesEvent... events) {
    RankingCore core = new RankingCore(List.of(board.build()), CoreLimits.DEFAULT);
    apply(core, events);
    return core;
  }

  /** product=score of the whole shop, best first. */
  static List<String> organic(RankingCore core) {
    return organic(core, Map.of());
  }

  static List<String> organic(RankingCore core, Map<String, String> slice) {
    return core.rank(new ListingKey("b", Slice.of(slice))).organic().stream()
        .map(o -> o.productId() + "=" + o.score())
        .toList();
  }

  static Map<String, String> slice(String... namesAndValues) {
    Map<String, String> slice = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      slice.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return slice;
  }
}
