package io.podium.bench.peak;

import io.podium.bench.Bystanders;
import io.podium.bench.Compilers;
import io.podium.bench.Curve;
import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.Mode;
import io.podium.bench.Progress;
import io.podium.bench.Scratch;
import io.podium.bench.Text;
import io.podium.bench.flow.PageReader;
import io.podium.bench.flow.Shop;
import io.podium.bench.flow.Site;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * PEAK: a sale over HTTP. Stores, an updater, a read engine and Hyperfoil as processes; open loop,
 * from the intended start. First the capacity is looked for, then an ordinary day, the sale, its
 * spike and what follows are asked for, while products are sold and prices change.
 */
public final class SalePeak implements Measurement {
  private static final Step WARM_UP = new Step("warm-up", 500, 4);
  private static final int LEAST_WARM_UPS = 3;
  private static final int MOST_WARM_UPS = 15;

  /** As many requests in a third of the time. */
  private static final Step QUICK_WARM_UP = new Step("warm-up", 1_500, 2);

  private static final int MOST_QUICK_WARM_UPS = 6;

  private static final double COMPILED = 0.1;
  private static final int CALIBRATE_SECONDS = 2;

  /** Where the quick form begins: most machines hold that. */
  private static final int LIKELY = 800;

  /** Looking for a sale is no part of the load. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private static final String SETTINGS =
      """
        maxBacklog: 10000000
        memory: { products: 30000 }
      """;

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xmx384m");
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    return Scratch.use(
        dir -> {
          try (Site site = new Site(dir, SETTINGS, Pages.BOARDS);
              Shop shop = new Shop(site.updaterUrl())) {
            long updater = site.startUpdater("-Xmx512m").process().pid();
            long engine = site.startEngine().process().pid();
            site.awaitActive();
            try (PageReader reader = new PageReader(site.engineUrl(), LOOK_EVERY);
                Bustle bustle = new Bustle(shop, reader)) {
              progress.at(0.05, "cards are told");
              bustle.stock();
              bustle.begin();
              site.awaitUp(site.engineUrl() + Pages.brand(Pages.BRANDS - 1));
              return load(dir, site, bustle, List.of(updater, engine), mode, progress);
            }
          }
        });
  }

  private static List<Figure> load(
      Path dir, Site site, Bustle bustle, List<Long> pids, Mode mode, Progress progress)
      throws IOException {
    try (LoadProcess load = new LoadProcess(dir, site.enginePort(), Pages.lines())) {
      Bystanders bystanders =
          new Bystanders(site.pids(Stream.concat(pids.stream(), Stream.of(load.pid())).toList()));
      warmUp(load, mode, pids, progress);
      int capacity =
          new Capacity(
                  step -> {
                    progress.at(0.2, "calibrating: " + step.perSecond() + "/s");
                    return Totals.of(load.run(List.of(step), () -> {}));
                  })
              .find(mode == Mode.FULL ? Capacity.LEAST : LIKELY, CALIBRATE_SECONDS);
      Plan plan = Plan.of(capacity, mode);
      progress.at(0.4, "a sale of " + plan.seconds() + " s, capacity " + capacity + "/s");
      AtomicLong start = new AtomicLong();
      List<Second> seconds = load.run(plan.steps(), () -> start.set(System.nanoTime()));
      progress.at(1, "the sale is over");
      bustle.close();
      return figures(capacity, new Outcome(seconds, bustle.millis(), start.get()), bystanders);
    }
  }

  /** Three JVMs on two cores: until their compilers have little left to do. */
  private static void warmUp(LoadProcess load, Mode mode, List<Long> pids, Progress progress) {
    Step step = mode == Mode.FULL ? WARM_UP : QUICK_WARM_UP;
    int most = mode == Mode.FULL ? MOST_WARM_UPS : MOST_QUICK_WARM_UPS;
    Compilers compilers =
        new Compilers(Stream.concat(pids.stream(), Stream.of(load.pid())).toList());
    double share = 1;
    for (int i = 0; i < most && (i < LEAST_WARM_UPS || share > COMPILED); i++) {
      progress.at(
          0.1 + 0.1 * i / most, "warming up, compilers took %.0f %%".formatted(100 * share));
      load.run(List.of(step), () -> {});
      if (mode == Mode.QUICK) {
        compilers.rest();
      }
      share = compilers.share();
    }
  }

  private static List<Figure> figures(int capacity, Outcome outcome, Bystanders bystanders) {
    List<Second> seconds = outcome.seconds();
    Totals all = Totals.of(seconds);
    Totals day = Totals.of(seconds, Plan.DAY);
    Totals spike = Totals.of(seconds, Plan.SPIKE);
    double others = bystanders.share();
    double ratio = spike.p99Millis() / Math.max(Outcome.CALM_MILLIS, day.p99Millis());
    String p99 =
        "day %s ms, spike %s ms"
            .formatted(Text.number(day.p99Millis()), Text.number(spike.p99Millis()));
    double answered = (double) spike.answered() / Math.max(1, spike.offered());
    // What was answered wrongly failed, whoever else was busy.
    double doubt = outcome.unanswered() == 0 ? 0 : others;
    return List.of(
        new Figure("failed", List.of((double) all.failed()), doubt, beside(capacity, all, outcome))
            .along(outcome.moments()),
        new Figure("answered", List.of(answered), others, Map.of()),
        new Figure("spike-p99", List.of(ratio), others, Map.of("p99", p99)).with(curves(seconds)),
        new Figure("recovery", List.of((double) outcome.recovery()), others, Map.of()),
        new Figure(
            "fresh",
            List.of(outcome.freshP99()),
            others,
            Map.of("sales watched", Integer.toString(outcome.fresh().size()))));
  }

  private static List<Curve> curves(List<Second> seconds) {
    return Stream.of(Plan.DAY, Plan.SALE, Plan.SPIKE, Plan.SOAK)
        .map(phase -> Curve.of(phase, Totals.of(seconds, phase).micros()))
        .toList();
  }

  private static Map<String, String> beside(int capacity, Totals all, Outcome outcome) {
    Map<String, String> beside = new LinkedHashMap<>();
    beside.put(
        "capacity",
        "%d/s held within %d ms at p99; everything is on this machine, and the client offers %d/s at most"
            .formatted(capacity, Capacity.HELD_MICROS / 1_000, Capacity.MOST));
    beside.put(
        "reads",
        "%s offered, %s answered, %s of them 304, %d shed with Retry-After, %d failed%s"
            .formatted(
                Text.si((double) all.offered()),
                Text.si((double) all.answered()),
                Text.si((double) all.notModified()),
                all.shed(),
                all.failed(),
                outcome.faults()));
    beside.put(
        "mix",
        "Zipf; 20 % name an ETag, 10 % without gzip, 2 % new connections, 6 % walkers,"
            + " 2 % cold pages; "
            + Bustle.EVENTS_PER_SECOND
            + " events/s, prices change");
    return beside;
  }
}
