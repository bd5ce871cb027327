package io.podium.bench.updater;

import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.Meta;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import io.podium.ranking.event.SalesEvent.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A shop's events, decoded: of 100 there are 20 orders of 1 to 3 lines, 1 cancellation of a recent
 * order, 14 carts, 64 views, and 1 that is delivered a second time. Times are up to 2 s behind the
 * shop's clock, of 1 in 100 up to 5 minutes. As from the decoder, no two events share a text. Same
 * seed, same events.
 */
public final class SalesTraffic {
  public static final String MIX =
      "20 % orders of 1-3 lines, 1 % cancellations, 14 % carts, 64 % views, 1 % repeats";

  private static final long STEP_NANOS = 60_000_000_000L;
  private static final int REMEMBERED = 4096;
  private static final String[] AGES = {"10s", "20s", "30s", "40s", "50s"};

  private final SplittableRandom random;
  private final Zipf zipf;
  private long nanosPerEvent;
  private final SalesEvent[] recent = new SalesEvent[REMEMBERED];
  private final String[] recentOrders = new String[REMEMBERED];
  private final long startMillis;
  private long events;
  private long orders;
  private long nanos;

  /**
   * @param start of the shop's clock
   * @param eventsPerStep how many events a minute of the shop's clock has
   */
  public SalesTraffic(long seed, int products, Instant start, int eventsPerStep) {
    this.random = new SplittableRandom(seed);
    this.zipf = new Zipf(products, random.split());
    this.startMillis = start.toEpochMilli();
    pace(eventsPerStep);
  }

  /** From now on a minute of the shop's clock has that many events. */
  void pace(int eventsPerStep) {
    nanosPerEvent = STEP_NANOS / eventsPerStep;
  }

  public static String productId(int product) {
    return "P" + (1_000_000 + product);
  }

  /** The shop's clock. */
  public long nowMillis() {
    return startMillis + nanos / 1_000_000;
  }

  long events() {
    return events;
  }

  public SalesEvent next() {
    int kind = random.nextInt(100);
    int slot = (int) (events++ % REMEMBERED);
    nanos += nanosPerEvent;
    SalesEvent repeated = kind == 99 ? recent[random.nextInt(REMEMBERED)] : null;
    SalesEvent event = repeated != null ? copy(repeated) : fresh(kind);
    recent[slot] = event;
    return event;
  }

  private SalesEvent fresh(int kind) {
    if (kind < 20) {
      return order();
    }
    String cancelled = recentOrders[random.nextInt(REMEMBERED)];
    if (kind == 20 && cancelled != null) {
      return new OrderCancelled(
          meta("order.cancelled"), new String(cancelled), "KRW", Buyer.UNKNOWN, null);
    }
    return new Signal(
        meta(kind < 35 ? "cart.added" : "product.viewed"), productId(zipf.next()), 1, buyer());
  }

  private OrderPlaced order() {
    String id = "o-" + (10_000_000 + orders);
    recentOrders[(int) (orders++ % REMEMBERED)] = id;
    int n = 1 + random.nextInt(3);
    List<Line> lines = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      long price = random.nextLong(1_000, 50_000);
      lines.add(new Line(productId(zipf.next()), 1 + random.nextInt(3), price));
    }
    return new OrderPlaced(meta("order.placed"), new String(id), "KRW", buyer(), lines);
  }

  private Buyer buyer() {
    String age = AGES[random.nextInt(AGES.length)];
    return new Buyer("b-" + random.nextInt(2_000_000), Map.of("ageGroup", age, "country", "KR"));
  }

  private Meta meta(String type) {
    int behind = random.nextInt(100) == 0 ? 300_000 : 2_000;
    Instant time = Instant.ofEpochMilli(nowMillis() - random.nextInt(behind));
    return new Meta(
        new String("/shop/orders"),
        "e-" + (1_000_000_000L + events),
        type,
        time,
        random.nextLong());
  }

  /** The same event as decoded from another delivery. */
  private static SalesEvent copy(SalesEvent event) {
    Meta m = event.meta();
    Meta meta =
        new Meta(new String(m.source()), new String(m.id()), m.type(), m.time(), m.contentHash());
    if (event instanceof OrderPlaced o) {
      return new OrderPlaced(meta, new String(o.orderId()), o.currency(), o.buyer(), o.lines());
    }
    if (event instanceof OrderCancelled c) {
      return new OrderCancelled(meta, c.orderId(), c.currency(), c.buyer(), c.lines());
    }
    Signal s = (Signal) event;
    return new Signal(meta, new String(s.productId()), s.quantity(), s.buyer());
  }
}
