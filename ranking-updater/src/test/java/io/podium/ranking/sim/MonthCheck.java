package io.podium.ranking.sim;

import io.podium.listing.CodePointOrder;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Score;
import io.podium.ranking.board.Window;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.Ranked;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/** A month three ways, forwards, shuffled and every event twice, and by a plain scan. */
final class MonthCheck {
  private static final Duration STEP = Duration.ofMinutes(30);
  private static final Duration WINDOW = Duration.ofDays(30);

  private final List<SalesEvent> events;

  MonthCheck(List<SalesEvent> events) {
    this.events = List.copyOf(events);
  }

  static List<Board> boards() {
    return List.of(
        board("units", new Score.Units()),
        board("orders", new Score.Orders()),
        board("revenue", new Score.Revenue()));
  }

  private static Board board(String name, Score score) {
    return new Board(
        name,
        Map.of(),
        score,
        new Window.Sliding(WINDOW),
        STEP,
        true,
        Duration.ofSeconds(1),
        100,
        List.of(List.of(), List.of("buyer.country")),
        "GBP",
        null,
        null,
        null,
        0,
        Duration.ofHours(1),
        10_000,
        Duration.ofMinutes(10),
        Duration.ofDays(1),
        true,
        false,
        null);
  }

  /** The listings' number; throws a {@link Difference}. */
  int run() {
    Map<ListingKey, Ranked> forwards = rank(events);
    List<SalesEvent> shuffled = new ArrayList<>(events);
    Collections.shuffle(shuffled, new Random(2010));
    List<SalesEvent> twice = new ArrayList<>(shuffled);
    twice.addAll(events);
    same("shuffled", forwards, rank(shuffled));
    same("twice", forwards, rank(twice));
    Set<ListingKey> scanned = new HashSet<>();
    for (Board board : boards()) {
      for (Slice slice : slices()) {
        ListingKey key = new ListingKey(board.name(), slice);
        List<Ranked.Organic> scan = scan(board, slice);
        if (!scan.isEmpty()) {
          scanned.add(key);
          Ranked ranked = forwards.get(key);
          Difference.unless(
              ranked != null && ranked.organic().equals(scan), "plain scan", key, scan, ranked);
        }
      }
    }
    Difference.unless(
        scanned.equals(forwards.keySet()), "listings", "month", scanned, forwards.keySet());
    return forwards.size();
  }

  private static void same(
      String what, Map<ListingKey, Ranked> forwards, Map<ListingKey, Ranked> other) {
    Difference.unless(
        forwards.keySet().equals(other.keySet()), what, "month", forwards.keySet(), other.keySet());
    forwards.forEach(
        (key, ranked) -> {
          String hash = Objects.requireNonNull(other.get(key)).hash();
          Difference.unless(ranked.hash().equals(hash), what, key, ranked.hash(), hash);
        });
  }

  private static Map<ListingKey, Ranked> rank(List<SalesEvent> order) {
    Map<ListingKey, Ranked> listings = new HashMap<>();
    try (RankingCore core = new RankingCore(boards(), CoreLimits.DEFAULT)) {
      order.forEach(e -> core.apply(e, e.meta().time().toEpochMilli()));
      for (Board board : boards()) {
        core.listings(board.name()).forEach(key -> listings.put(key, core.rank(key)));
      }
    }
    return listings;
  }

  private Set<Slice> slices() {
    Set<Slice> slices = new HashSet<>(Set.of(Slice.WHOLE_SHOP));
    for (SalesEvent event : events) {
      slices.add(Slice.WHOLE_SHOP.with("buyer.country", country(event)));
    }
    return slices;
  }

  private List<Ranked.Organic> scan(Board board, Slice slice) {
    Instant last = events.stream().map(e -> e.meta().time()).max(Comparator.naturalOrder()).get();
    long step = STEP.toSeconds();
    Instant first = Instant.ofEpochSecond(last.getEpochSecond() / step * step + step).minus(WINDOW);
    Map<String, BigInteger> scores = new HashMap<>();
    for (SalesEvent event : events) {
      boolean inside = !event.meta().time().isBefore(first);
      if (inside && slice.values().values().stream().allMatch(country(event)::equals)) {
        add(board.score(), event, scores);
      }
    }
    return scores.entrySet().stream()
        .filter(e -> e.getValue().signum() > 0)
        .map(e -> new Ranked.Organic(e.getKey(), e.getValue()))
        .sorted(
            Comparator.comparing(Ranked.Organic::score)
                .reversed()
                .thenComparing(Ranked.Organic::productId, CodePointOrder.INSTANCE))
        .limit(2L * board.size())
        .toList();
  }

  private static void add(Score score, SalesEvent event, Map<String, BigInteger> scores) {
    boolean placed = event instanceof OrderPlaced;
    Set<String> products = new HashSet<>();
    for (Line line : lines(event)) {
      long value;
      if (score instanceof Score.Orders) {
        value = placed && products.add(line.productId()) ? 1 : 0;
      } else if (score instanceof Score.Revenue) {
        // A cancellation's own price is what it takes back.
        value = line.quantity() * line.unitPrice();
      } else {
        value = line.quantity();
      }
      scores.merge(line.productId(), BigInteger.valueOf(placed ? value : -value), BigInteger::add);
    }
  }

  private static List<Line> lines(SalesEvent event) {
    return event instanceof OrderPlaced placed
        ? placed.lines()
        : Objects.requireNonNull(((OrderCancelled) event).lines());
  }

  private static String country(SalesEvent event) {
    SalesEvent.Buyer buyer =
        event instanceof OrderPlaced placed ? placed.buyer() : ((OrderCancelled) event).buyer();
    return Objects.requireNonNull(buyer.attributes().get("country"));
  }
}
