package io.podium.chaos.check;

import io.podium.chaos.check.Sale.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A shop's events as a function of seed and number, so that a million need not be kept to be told
 * again: orders of one to three products, cancellations of whole orders and of single lines (some
 * come before their order), views and carts, a little out of order. Immutable.
 */
public final class Sales {
  /** Of the past. Longer than a day, so that a board over a day forgets the first of them. */
  public static final Duration SPAN = Duration.ofHours(30);

  public static final List<String> AGES = List.of("10s", "20s", "30s", "40s", "50s");

  /** Top categories. */
  public static final int KINDS = 10;

  /** Below them. */
  public static final int CATEGORIES = 3 * KINDS;

  private static final long JITTER_MS = 90_000;
  private static final long LIVE_JITTER_MS = 50;

  /** From this number on, events happen at equal distances from this moment on. */
  private record Stretch(int from, Instant at) {}

  private final long seed;
  private final int count;
  private final int most;
  private final int products;
  private final List<Stretch> stretches;
  private final double everyMillis;
  private final long jitterMillis;

  private Sales(
      long seed,
      int count,
      int most,
      int products,
      List<Stretch> stretches,
      double everyMillis,
      long jitterMillis) {
    this.seed = seed;
    this.count = count;
    this.most = most;
    this.products = products;
    this.stretches = stretches;
    this.everyMillis = everyMillis;
    this.jitterMillis = jitterMillis;
  }

  /**
   * Of the past: spread over {@link #SPAN}.
   *
   * @param start time of the first event; the last is {@link #SPAN} later
   */
  public Sales(long seed, int count, int products, Instant start) {
    this(
        seed,
        count,
        count,
        products,
        List.of(new Stretch(0, start)),
        (double) SPAN.toMillis() / count,
        JITTER_MS);
  }

  /** Of now: so many a second, without an end; none is told yet. */
  public static Sales live(long seed, int products, int perSecond, Instant start) {
    return new Sales(
        seed,
        0,
        Integer.MAX_VALUE,
        products,
        List.of(new Stretch(0, start)),
        1000.0 / perSecond,
        LIVE_JITTER_MS);
  }

  /** The same events, of which the first so many are told. */
  public Sales told(int number) {
    return new Sales(seed, number, most, products, stretches, everyMillis, jitterMillis);
  }

  /** The same events; the next one to be told happens at this moment, and the others after it. */
  public Sales resumed(Instant at) {
    List<Stretch> more = new ArrayList<>(stretches);
    more.add(new Stretch(count, at));
    return new Sales(seed, count, most, products, List.copyOf(more), everyMillis, jitterMillis);
  }

  /** How many are told. */
  public int count() {
    return count;
  }

  public int products() {
    return products;
  }

  public String product(int number) {
    return "P" + number;
  }

  /** As on its card. */
  public static String name(String productId) {
    return "상품 " + productId.substring(1);
  }

  /** A path of two parts. */
  public String category(int product) {
    return "c" + product % KINDS + "/s" + product % CATEGORIES;
  }

  /** The upsert of a product's card, from before the first sale. */
  public void cardJson(int product, StringBuilder out) {
    out.append("{\"specversion\":\"1.0\",\"id\":\"card-").append(product);
    out.append("\",\"source\":\"/drill\",\"type\":\"product.upserted\",\"time\":\"");
    out.append(stretches.get(0).at().minusSeconds(3_600)).append("\",\"data\":{\"productId\":\"");
    out.append(product(product)).append("\",\"card\":{\"name\":\"").append(name(product(product)));
    out.append("\",\"category\":\"").append(category(product)).append("\"}}}");
  }

  /**
   * @param number 0 to count - 1
   */
  public Sale sale(int number) {
    SplittableRandom random = random(number);
    int kind = random.nextInt(100);
    String id = "e-" + number;
    Instant time = time(number, random);
    String age = AGES.get(random.nextInt(AGES.size()));
    if (kind < 70) {
      return new Sale(id, Sale.PLACED, time, "o-" + number, age, lines(random));
    }
    if (kind < 80) {
      int other = number + 20 - random.nextInt(400);
      if (other >= 0 && other < most && isOrder(other)) {
        return cancellation(id, time, other, random);
      }
    }
    String type = kind < 90 ? Sale.VIEWED : Sale.CART;
    return new Sale(id, type, time, "", age, List.of(new Line(product(pick(random)), 1, 0)));
  }

  private boolean isOrder(int number) {
    return random(number).nextInt(100) < 70;
  }

  private Sale cancellation(String id, Instant time, int order, SplittableRandom random) {
    List<Line> ordered = sale(order).lines();
    Line one = ordered.get(random.nextInt(ordered.size()));
    List<Line> lines =
        random.nextInt(3) == 0
            ? List.of()
            : List.of(new Line(one.productId(), 1 + random.nextInt(2), one.unitPrice()));
    return new Sale(id, Sale.CANCELLED, time, "o-" + order, "", lines);
  }

  private List<Line> lines(SplittableRandom random) {
    List<Line> lines = new ArrayList<>(3);
    int wanted = 1 + random.nextInt(3);
    while (lines.size() < wanted) {
      int product = pick(random);
      String name = product(product);
      if (lines.stream().noneMatch(l -> l.productId().equals(name))) {
        lines.add(new Line(name, 1 + random.nextInt(3), 1_000 + 10 * (product % 500)));
      }
    }
    return lines;
  }

  /** Small numbers sell most. */
  private int pick(SplittableRandom random) {
    double u = random.nextDouble();
    return (int) (products * u * u * u);
  }

  private Instant time(int number, SplittableRandom random) {
    int last = stretches.size() - 1;
    while (stretches.get(last).from() > number) {
      last--;
    }
    Stretch stretch = stretches.get(last);
    double at = (number - stretch.from()) * everyMillis + random.nextLong(jitterMillis);
    return stretch.at().plusMillis((long) at);
  }

  private SplittableRandom random(int number) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number * 0xD1B54A32D192ED03L);
  }
}
