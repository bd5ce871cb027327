package io.podium.bench.peak;

import io.podium.bench.flow.PageReader;
import io.podium.bench.flow.Pause;
import io.podium.bench.flow.Shop;
import io.podium.bench.updater.SalesTraffic;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What goes on in the shop while pages are read: sales, prices that change, and now and then a sale
 * so large that its product leads its listing, to see when a page shows it.
 */
final class Bustle implements AutoCloseable {
  static final int EVENTS_PER_SECOND = 1_000;
  static final int PROBES = 2_000;
  private static final int PROBES_PER_SECOND = 4;
  private static final long SEED = 20_261_124;
  private static final long SECOND = 1_000_000_000L;
  private static final long PATIENCE_MS = 5_000;

  private final Shop shop;
  private final PageReader reader;
  private final Map<Long, Double> slowest = new ConcurrentSkipListMap<>();
  private final LongAdder seen = new LongAdder();
  private final LongAdder lost = new LongAdder();
  private final Thread probes = new Thread(this::probe, "probes");
  private volatile boolean closed;

  Bustle(Shop shop, PageReader reader) {
    this.shop = shop;
    this.reader = reader;
  }

  /** Cards of all products, and of those that the probes sell. */
  void stock() {
    shop.post(0, Pages.PRODUCTS, Bustle::card);
    shop.post(0, PROBES, Bustle::probeCard);
  }

  void begin() {
    shop.sell(
        new SalesTraffic(SEED, Pages.PRODUCTS, Instant.now(), EVENTS_PER_SECOND * 60),
        EVENTS_PER_SECOND);
    probes.setDaemon(true);
    probes.start();
  }

  private void probe() {
    long start = System.nanoTime();
    for (int i = 0; i < PROBES && !closed; i++) {
      Pause.until(start + i * SECOND / PROBES_PER_SECOND);
      int price = 10_000 + i;
      shop.post(
          i,
          i + 1,
          (n, out) ->
              Shop.card(
                  "price-" + n,
                  "product.patched",
                  SalesTraffic.productId(n % Pages.PRODUCTS),
                  "\"price\":" + price,
                  out));
      int quantity = 1_000_000 + 1_000 * i;
      shop.post(i, i + 1, (n, out) -> Shop.order("po-" + n, probeId(n), quantity, out));
      watch(i, System.nanoTime());
    }
  }

  private void watch(int probe, long sold) {
    var unused =
        reader
            .until(Pages.brand(probe % Pages.BRANDS), "\"" + probeId(probe) + "\"", true, sold)
            .whenComplete(
                (answer, failure) -> {
                  if (failure == null) {
                    slowest.merge(sold, answer.nanos() / 1e6, Math::max);
                    seen.increment();
                  } else {
                    lost.increment();
                  }
                });
  }

  private static String probeId(int probe) {
    return "probe-" + probe + "-";
  }

  private static void card(int product, StringBuilder out) {
    String members =
        "\"brand\":\"b%d\",\"shelf\":\"s%d\",\"name\":\"진정 수분 토너 %d ml\",\"price\":12900"
            .formatted(product % Pages.BRANDS, product % Pages.SHELVES, product);
    Shop.card("c-" + product, "product.upserted", SalesTraffic.productId(product), members, out);
  }

  private static void probeCard(int probe, StringBuilder out) {
    String members = "\"brand\":\"b%d\",\"name\":\"probe\"".formatted(probe % Pages.BRANDS);
    Shop.card("pc-" + probe, "product.upserted", probeId(probe), members, out);
  }

  /** Milliseconds to the page by the moment of the sale's 202, by {@link System#nanoTime}. */
  Map<Long, Double> millis() {
    return Map.copyOf(slowest);
  }

  /** Sales that no page showed within the reader's patience. */
  long lost() {
    return lost.sum();
  }

  /** Waits for the one that probes: what it asks is closed next. */
  @Override
  public void close() {
    closed = true;
    try {
      probes.join(PATIENCE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
