package io.podium.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.demo.Events.Buyer;
import io.podium.demo.Events.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * The simulated shop: people look, put into the cart, buy and send back; prices and stock change; a
 * sale peak of four times the traffic comes round every four minutes. One thread; {@link #rate} and
 * {@link #isPeak} may be read from any.
 */
final class Shop implements AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration ROUND = Duration.ofMinutes(4);
  private static final Duration PEAK = Duration.ofSeconds(30);
  private static final double VIEWS = 180;
  private static final double CARTS = 35;
  private static final double ORDERS = 14;
  private static final double CANCELLED = 0.04;
  private static final int BATCH = 500;
  private static final int BUYERS = 40_000;
  private static final List<String> AGES = List.of("10s", "20s", "30s", "40s", "50s", "60s");

  private final Catalogue catalogue;
  private final EventPost post;
  private final Random random;
  private final Events events;
  private final Shelf shelf;
  private final Popularity popularity;
  private final Deque<String> recentOrders = new ArrayDeque<>();
  private final String run;
  private long orders;
  private volatile double rate;
  private volatile boolean peak;
  private volatile boolean stopped;

  Shop(Catalogue catalogue, EventPost post, long seed) {
    this.catalogue = catalogue;
    this.post = post;
    this.random = new Random(seed);
    this.run = Long.toString(System.currentTimeMillis(), 36);
    this.events = new Events(run);
    this.shelf = new Shelf(catalogue, events, random);
    this.popularity = new Popularity(catalogue.products().size(), 0.9, random);
  }

  /** Tells all cards, and the sales of the day before the shop was opened. */
  void open(boolean withPast) throws InterruptedException {
    Instant now = Instant.now();
    batches(shelf.cards(now.minusSeconds(1)));
    if (withPast) {
      batches(past(now));
    }
  }

  private void batches(List<ObjectNode> all) throws InterruptedException {
    for (int from = 0; from < all.size() && !stopped; from += BATCH) {
      post.post(all.subList(from, Math.min(all.size(), from + BATCH)));
    }
  }

  /** Everything was bought by every age group at least once; popular things more often. */
  private List<ObjectNode> past(Instant now) {
    List<Product> products = new ArrayList<>(catalogue.products());
    products.addAll(catalogue.samples());
    List<ObjectNode> past = new ArrayList<>();
    for (String age : AGES) {
      for (int from = 0; from < products.size(); from += 4) {
        List<Line> lines = new ArrayList<>();
        for (Product p : products.subList(from, Math.min(products.size(), from + 4))) {
          lines.add(new Line(p.id(), 1, p.price()));
        }
        for (int i = 0; i < 3; i++) {
          Product p = catalogue.products().get(popularity.next());
          lines.add(new Line(p.id(), 1 + random.nextInt(2), p.price()));
        }
        Instant time = now.minusSeconds(1 + random.nextInt(22 * 3600));
        past.add(events.order(time, nextOrderId(), new Buyer(anyBuyer(), age), lines));
      }
    }
    return past;
  }

  /** Until it is closed or interrupted. */
  void run() throws InterruptedException {
    long started = System.nanoTime();
    double views = 0;
    double carts = 0;
    double bought = 0;
    for (long tick = 1; !stopped; tick++) {
      double load = load(Duration.ofNanos(System.nanoTime() - started));
      double seconds = TICK.toMillis() / 1000.0;
      views += VIEWS * load * seconds;
      carts += CARTS * load * seconds;
      bought += ORDERS * load * seconds;
      rate = (VIEWS + CARTS + ORDERS * (1 + CANCELLED)) * load;
      List<ObjectNode> batch = new ArrayList<>();
      Instant now = Instant.now();
      for (; views >= 1; views--) {
        batch.add(signal("product.viewed", now));
      }
      for (; carts >= 1; carts--) {
        batch.add(signal("cart.added", now));
      }
      for (; bought >= 1; bought--) {
        order(now, batch);
      }
      life(tick, now);
      batch.addAll(shelf.changes());
      post.post(batch);
      sleepUntil(started + tick * TICK.toNanos());
    }
  }

  /** The traffic now, relative to normal: up to four times at the sale peak. */
  private double load(Duration since) {
    long at = since.plus(ROUND.dividedBy(2)).toMillis() % ROUND.toMillis();
    peak = at < PEAK.toMillis();
    double wave = 1 + 0.15 * Math.sin(since.toMillis() / 9000.0);
    return peak ? 4 * Math.min(1, 0.25 + at / 4000.0) : wave;
  }

  private void life(long tick, Instant now) {
    if (tick % 20 == 0) {
      popularity.drift();
    }
    if (tick % 10 == 0) {
      shelf.changePrice(random.nextInt(catalogue.products().size()), now);
      shelf.restock(now);
    }
    if (tick % 300 == 0) {
      shelf.runLow(popularity.next(), now);
    }
  }

  private ObjectNode signal(String type, Instant now) {
    Product product = catalogue.products().get(popularity.next());
    return events.signal(type, now, product.id(), buyer(product));
  }

  private void order(Instant now, List<ObjectNode> batch) {
    List<Line> lines = new ArrayList<>();
    Buyer buyer = null;
    for (int i = random.nextInt(10) < 6 ? 1 : 1 + random.nextInt(3); i > 0; i--) {
      int index = popularity.next();
      Product product = catalogue.products().get(index);
      int quantity = shelf.take(index, random.nextInt(5) == 0 ? 2 : 1, now);
      if (quantity > 0) {
        buyer = buyer == null ? buyer(product) : buyer;
        lines.add(new Line(product.id(), quantity, shelf.price(index)));
      }
    }
    if (buyer == null) {
      return;
    }
    String id = nextOrderId();
    batch.add(events.order(now, id, buyer, lines));
    recentOrders.add(id);
    if (recentOrders.size() > 200) {
      String old = recentOrders.remove();
      if (random.nextDouble() < CANCELLED) {
        batch.add(events.cancellation(now, old));
      }
    }
  }

  /** Each department has its own kind of visitors. */
  private Buyer buyer(Product product) {
    double centre = (product.department() * 5 % catalogue.departments()) * 0.62;
    int age = (int) Math.round(centre + random.nextGaussian() * 1.3);
    return new Buyer(anyBuyer(), AGES.get(Math.max(0, Math.min(AGES.size() - 1, age))));
  }

  private String anyBuyer() {
    return "b-" + random.nextInt(BUYERS);
  }

  private String nextOrderId() {
    return String.format(Locale.ROOT, "%s-%d", run, ++orders);
  }

  private void sleepUntil(long nanoTime) throws InterruptedException {
    for (long left = nanoTime - System.nanoTime(); left > 0 && !stopped; ) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      left = nanoTime - System.nanoTime();
    }
  }

  /** Events per second that it means to send now. */
  double rate() {
    return rate;
  }

  boolean isPeak() {
    return peak;
  }

  @Override
  public void close() {
    stopped = true;
  }
}
