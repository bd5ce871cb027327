package io.podium.bench.flow;

import io.podium.bench.Bystanders;
import io.podium.bench.Compilers;
import io.podium.bench.Curve;
import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.MeasurementException;
import io.podium.bench.Mode;
import io.podium.bench.Progress;
import io.podium.bench.Scratch;
import io.podium.bench.Text;
import io.podium.bench.flow.PageReader.Seen;
import io.podium.bench.updater.SalesTraffic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * U3: from the 202 of a sale to the first answer of a read engine that shows it, at 10,000 events a
 * second. 1,000 listings: 50 of a board that publishes every 100 ms, whose pages are read, and 950
 * of one that publishes every second. Then ranking is stopped, by a bound of memory, and products
 * are recalled: to the first page without them.
 */
public final class Freshness implements Measurement {
  private static final int PRODUCTS = 20_000;
  private static final int BRANDS = 50;
  private static final int SHELVES = 950;
  private static final int PROBES_PER_SECOND = 20;
  private static final int EVENTS_PER_SECOND = 10_000;

  /** Sales and pages until the compilers of updater, engine and readers have little left to do. */
  private static final int WARM_UP = 5 * PROBES_PER_SECOND;

  /** An updater that met all of the traffic cold would still be behind when it is warm. */
  private static final Duration RISE = Duration.ofSeconds(20);

  /** More than the rise takes. */
  private static final int LEAST_WARM_UPS = 6;

  private static final int LEAST_RESTED_WARM_UPS = 5;

  private static final int MOST_WARM_UPS = 24;
  private static final int MOST_RESTED_WARM_UPS = 8;
  private static final double COMPILED = 0.1;

  private static final int RECALLS = 40;
  private static final long SEED = 20_261_122;
  private static final String SETTINGS =
      """
        maxBacklog: 10000000
        memory: { products: 30000 }
      """;
  private static final String BOARDS =
      """
        fresh:
          score: { order.placed: 10, cart.added: 3, product.viewed: 1 }
          window: PT1H
          publishEvery: PT0.1S
          size: 50
          slices: [[brand]]
        shelves:
          score: { order.placed: 10, cart.added: 3, product.viewed: 1 }
          window: PT1H
          publishEvery: PT1S
          size: 50
          slices: [[shelf]]
      """;

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xmx512m");
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    return Scratch.use(
        dir -> {
          try (Site site = new Site(dir, SETTINGS, BOARDS);
              Shop shop = new Shop(site.updaterUrl())) {
            long updater = site.startUpdater("-Xmx768m").process().pid();
            long engine = site.startEngine().process().pid();
            site.awaitActive();
            return measure(mode, site, shop, List.of(updater, engine), progress);
          }
        });
  }

  private static List<Figure> measure(
      Mode mode, Site site, Shop shop, List<Long> pids, Progress progress) {
    try (PageReader reader = new PageReader(site.engineUrl())) {
      return measure(mode, reader, site, shop, pids, progress);
    }
  }

  private static List<Figure> measure(
      Mode mode, PageReader reader, Site site, Shop shop, List<Long> pids, Progress progress) {
    int probes = PROBES_PER_SECOND * (mode == Mode.FULL ? 60 : 20);
    shop.post(0, PRODUCTS, Freshness::card);
    shop.post(0, probes + MOST_WARM_UPS * WARM_UP, Freshness::probeCard);
    progress.at(0.1, "cards are told");
    // No sale is older than a card.
    Instant start = Instant.now();
    SalesTraffic traffic = new SalesTraffic(SEED, PRODUCTS, start, EVENTS_PER_SECOND * 600);
    shop.sell(traffic, EVENTS_PER_SECOND, RISE);
    site.awaitUp(site.engineUrl() + path(BRANDS - 1));
    int warm = warmUp(mode, shop, reader, pids, progress);
    Bystanders bystanders = new Bystanders(site.pids(pids));
    progress.at(0.6, "sales and pages");
    List<Seen> probed = probe(shop, reader, warm, probes);
    long[] seen = probed.stream().mapToLong(Seen::nanos).toArray();
    long[] behind = probed.stream().mapToLong(Seen::epochAgo).toArray();
    Figure visible =
        new Figure(
                "visible",
                List.of(percentile(seen, 0.99)),
                bystanders.share(),
                beside(seen, behind, warm, shop))
            .with(List.of(curve("a sale", seen)));
    shop.close();
    progress.at(0.9, "recalls");
    return List.of(visible, recall(site, shop, reader, bystanders, warm + probes));
  }

  /**
   * Answers how many probes it took. Sales take every core: the quick form leaves the machine to
   * the compilers after some.
   */
  private static int warmUp(
      Mode mode, Shop shop, PageReader reader, List<Long> pids, Progress progress) {
    Compilers compilers =
        new Compilers(
            Stream.concat(pids.stream(), Stream.of(ProcessHandle.current().pid())).toList());
    double share = 1;
    int most = mode == Mode.FULL ? MOST_WARM_UPS : MOST_RESTED_WARM_UPS;
    int least = mode == Mode.FULL ? LEAST_WARM_UPS : LEAST_RESTED_WARM_UPS;
    int rounds = 0;
    while (rounds < most && (rounds < least || share > COMPILED)) {
      progress.at(
          0.1 + 0.5 * rounds / most, "warming up, compilers took %.0f %%".formatted(100 * share));
      probe(shop, reader, rounds * WARM_UP, WARM_UP);
      if (mode == Mode.QUICK) {
        shop.pause(compilers::rest);
      }
      share = compilers.share();
      rounds++;
    }
    return rounds * WARM_UP;
  }

  private static void card(int product, StringBuilder out) {
    String members =
        "\"brand\":\"b%d\",\"shelf\":\"s%d\",\"name\":\"상품 %d\""
            .formatted(product % BRANDS, product % SHELVES, product);
    Shop.card("c-" + product, "product.upserted", SalesTraffic.productId(product), members, out);
  }

  private static void probeCard(int probe, StringBuilder out) {
    String members = "\"brand\":\"b%d\",\"name\":\"probe\"".formatted(probe % BRANDS);
    Shop.card("pc-" + probe, "product.upserted", "probe-" + probe + "-", members, out);
  }

  private static String path(int brand) {
    return "/v1/rankings/fresh?size=10&brand=b" + brand;
  }

  /** Each probe is one order so large that its product leads its listing; at a fixed rate. */
  private static List<Seen> probe(Shop shop, PageReader reader, int from, int probes) {
    List<CompletableFuture<Seen>> seen = new ArrayList<>();
    long start = System.nanoTime();
    for (int i = 0; i < probes; i++) {
      Pause.until(start + i * 1_000_000_000L / PROBES_PER_SECOND);
      int probe = from + i;
      int quantity = 1_000_000 + 1_000 * probe;
      shop.post(
          probe, probe + 1, (n, out) -> Shop.order("po-" + n, "probe-" + n + "-", quantity, out));
      seen.add(
          reader.until(path(probe % BRANDS), "\"probe-" + probe + "-\"", true, System.nanoTime()));
    }
    try {
      return seen.stream().map(CompletableFuture::join).toList();
    } catch (CompletionException e) {
      throw new MeasurementException(String.valueOf(e.getCause()), e);
    }
  }

  /** Ranking stops at its bound of products; the cards of those that lead are changed then. */
  private static Figure recall(
      Site site, Shop shop, PageReader reader, Bystanders bystanders, int probes) {
    shop.post(0, PRODUCTS, (n, out) -> Shop.order("new-" + n, "new-" + n, 1, out));
    site.await(
        "ranking stops at its bound",
        Duration.ofSeconds(60),
        p -> p.path("state").asText().equals("full"));
    long[] gone = new long[RECALLS];
    for (int i = 0; i < RECALLS; i++) {
      int probe = probes - 1 - i;
      shop.post(
          i,
          i + 1,
          (n, out) ->
              Shop.card(
                  "recall-" + n,
                  "product.patched",
                  "probe-" + probe + "-",
                  "\"recalled\":true",
                  out));
      gone[i] =
          reader
              .until(path(probe % BRANDS), "\"probe-" + probe + "-\"", false, System.nanoTime())
              .join()
              .nanos();
    }
    Map<String, String> beside = new LinkedHashMap<>();
    beside.put("median", Text.number(percentile(gone, 0.5)) + " ms of " + RECALLS + " recalls");
    return new Figure("eligibility", List.of(percentile(gone, 1)), bystanders.share(), beside)
        .with(List.of(curve("a recall", gone)));
  }

  private static String percentiles(long[] nanos) {
    return "50: %s, 90: %s, 99: %s, all: %s ms"
        .formatted(
            Text.number(percentile(nanos, 0.5)),
            Text.number(percentile(nanos, 0.9)),
            Text.number(percentile(nanos, 0.99)),
            Text.number(percentile(nanos, 1)));
  }

  private static Curve curve(String name, long[] nanos) {
    Histogram micros = new Histogram(3);
    for (long one : nanos) {
      micros.recordValue(one / 1_000);
    }
    return Curve.of(name, micros);
  }

  private static double percentile(long[] nanos, double part) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    int at = (int) Math.ceil(part * sorted.length) - 1;
    return sorted[Math.max(0, at)] / 1e6;
  }

  private static Map<String, String> beside(long[] seen, long[] behind, int warm, Shop shop) {
    Map<String, String> beside = new LinkedHashMap<>();
    beside.put("percentiles", percentiles(seen) + " of " + seen.length + " sales");
    beside.put("of that, from the epoch to the answer", percentiles(behind));
    beside.put("warm-up", warm + " sales");
    beside.put(
        "traffic",
        Text.si(EVENTS_PER_SECOND)
            + " events/s wanted, "
            + Text.si((double) shop.accepted())
            + " accepted, "
            + Text.si((double) shop.refused())
            + " refused; updater, engine, stores, shop and readers on this machine");
    return beside;
  }
}
