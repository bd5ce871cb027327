package io.podium.bench.updater;

import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.Meta;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import io.podium.ranking.event.SalesEvent.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A day in steps of a minute. In each step a tenth of the products is active: orders of 1 to 3
 * lines sell some of them, each of the others is viewed once. Same shape, same events.
 */
final class DayOfSales {
  static final int STEPS = 1_440;

  private static final long STEP_MILLIS = 60_000;
  private static final String[] AGES = {"10s", "20s", "30s", "40s", "50s"};

  private final Shape shape;
  private final long startMillis;
  private final SplittableRandom random = new SplittableRandom(20_261_122);
  private long events;
  private long orders;
  private int active;
  private long stepStart;

  /** How large the day is; numbers of the whole day, and of products active in one step. */
  record Shape(int products, int activePerStep, int orders) {
    static final Shape FULL = new Shape(200_000, 20_000, 5_000_000);
    static final Shape SMALL = new Shape(2_000, 200, 50_000);
    static final Shape TENTH = new Shape(20_000, 2_000, 500_000);
  }

  DayOfSales(Shape shape, Instant start) {
    this.shape = shape;
    this.startMillis = start.toEpochMilli();
  }

  static Instant end(Instant start) {
    return start.plus(Duration.ofDays(1)).minusMillis(1);
  }

  /** Tells the events of a step, 0 to {@link #STEPS} - 1; the steps in turn. */
  void step(int step, Consumer<SalesEvent> to) {
    stepStart = startMillis + step * STEP_MILLIS;
    active = 0;
    long ordersUntil = (long) shape.orders() * (step + 1) / STEPS;
    while (orders < ordersUntil) {
      to.accept(order(step));
    }
    while (active < shape.activePerStep()) {
      to.accept(new Signal(meta("product.viewed"), nextProduct(step), 1, buyer()));
    }
  }

  private OrderPlaced order(int step) {
    int n = 1 + random.nextInt(3);
    List<Line> lines = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      long price = random.nextLong(1_000, 500_000);
      lines.add(new Line(nextProduct(step), 1 + random.nextInt(3), price));
    }
    String id = "20261122-" + (10_000_000 + orders++);
    return new OrderPlaced(meta("order.placed"), id, "KRW", buyer(), lines);
  }

  /** The active products one after the other, and again from the first; others in each step. */
  private String nextProduct(int step) {
    int among = active++ % shape.activePerStep();
    long product = (among * 7_919L + step * 104_729L) % shape.products();
    return SalesTraffic.productId((int) product);
  }

  private Buyer buyer() {
    String age = AGES[random.nextInt(AGES.length)];
    return new Buyer("b-" + random.nextInt(2_000_000), Map.of("ageGroup", age, "country", "KR"));
  }

  private Meta meta(String type) {
    Instant time = Instant.ofEpochMilli(stepStart + random.nextLong(STEP_MILLIS));
    String id = "e-" + (1_000_000_000L + events++);
    return new Meta("/shop/events", id, type, time, random.nextLong());
  }
}
