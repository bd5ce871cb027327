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
 * come before their order), views and carts. Their times run over {@link #SPAN}, a little out of
 * order. Immutable.
 */
public final class Sales {
  /** Longer than a day, so that a board over a day forgets the first of them. */
  public static final Duration SPAN = Duration.ofHours(30);

  private static final List<String> AGES = List.of("10s", "20s", "30s", "40s", "50s");
  private static final int KINDS = 10;
  private static final long JITTER_MS = 90_000;

  private final long seed;
  private final int count;
  private final int products;
  private final Instant start;

  /**
   * @param start time of the first event; the last is {@link #SPAN} later
   */
  public Sales(long seed, int count, int products, Instant start) {
    this.seed = seed;
    this.count = count;
    this.products = products;
    this.start = start;
  }

  public int count() {
    return count;
  }

  public int products() {
    return products;
  }

  public String product(int number) {
    return "P" + number;
  }

  /** A path of two parts. */
  public String category(int product) {
    return "c" + product % KINDS + "/s" + product % (KINDS * 3);
  }

  /** The upsert of a product's card, from before the first sale. */
  public void cardJson(int product, StringBuilder out) {
    out.append("{\"specversion\":\"1.0\",\"id\":\"card-").append(product);
    out.append("\",\"source\":\"/drill\",\"type\":\"product.upserted\",\"time\":\"");
    out.append(start.minusSeconds(3_600)).append("\",\"data\":{\"productId\":\"");
    out.append(product(product)).append("\",\"card\":{\"name\":\"상품 ").append(product);
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
      if (other >= 0 && other < count && isOrder(other)) {
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
    long at = SPAN.toMillis() * number / count + random.nextLong(JITTER_MS);
    return start.plusMillis(at);
  }

  private SplittableRandom random(int number) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number * 0xD1B54A32D192ED03L);
  }
}
