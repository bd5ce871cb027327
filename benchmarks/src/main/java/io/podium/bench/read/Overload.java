package io.podium.bench.read;

import io.podium.bench.Compilers;
import io.podium.bench.Curve;
import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.Mode;
import io.podium.bench.Progress;
import io.podium.bench.Scratch;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * R9: pages that are not held, asked for at five times what the engine can make. The engine is held
 * to half of a core, so that this machine can offer that.
 *
 * <p>The pages are asked for in turn, and there are eight times as many as are kept. So each was
 * thrown away when its turn comes again, at any rate: what is shed is not kept, and with few pages
 * a part of them would stay through a round in which most are shed, and be hits that the peak did
 * not have.
 */
public final class Overload implements Measurement {
  private static final int SLICES = 2_000;
  private static final List<Integer> SIZES = List.of(10, 20, 50, 100);
  private static final int PAGES = SLICES * SIZES.size();
  private static final double FIRST_RATE = 80;

  /** A rate is far below the peak when it gets so much of what it asks for, in a short look. */
  private static final double NEARLY_ALL = 0.95;

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** What one rate is offered for while the peak is looked for, in the quick form. */
  private static final Duration CLIMB = Duration.ofSeconds(2);

  private static final double WARM_RATE = 400;
  private static final double TIMES = 5;
  private static final Duration WARM = Duration.ofSeconds(4);
  private static final int LEAST_WARM_UPS = 4;
  private static final int MOST_WARM_UPS = 15;
  private static final int MOST_RESTED_WARM_UPS = 8;
  private static final double COMPILED = 0.05;

  /** More than the whole machine can load. */
  private static final double WARM_STORM = 20_000;

  private static final Duration WARM_STORM_FOR = Duration.ofSeconds(2);

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xmx384m");
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    return Scratch.use(dir -> measure(dir, mode, progress));
  }

  private static List<Figure> measure(Path dir, Mode mode, Progress progress) throws IOException {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < SLICES; i++) {
      values.add("c" + i);
    }
    try (ReadShop shop = new ReadShop(dir, values)) {
      shop.cards(300);
      shop.publish(ReadShop.WHOLE, 1_000, 1, 100);
      for (int i = 0; i < SLICES; i++) {
        shop.publish(
            new ListingKey(ReadShop.BOARD, Slice.of(Map.of("category", "c" + i))),
            1_000,
            1 + i % 200,
            100);
      }
      // So little is held that nearly every request needs a load.
      List<String> settings =
          List.of("engine.heapPagesMiB=1", "engine.hotTier.entries=1000", "engine.workers=2");
      try (EngineServer engine = EngineServer.start(dir, shop.stores(), settings)) {
        Answer.until(engine.port(), ReadShop.PAGE, "gzip", "podium");
        return rounds(dir, engine, shop.pids(), mode, progress);
      }
    }
  }

  private static List<Figure> rounds(
      Path dir, EngineServer engine, List<Long> stores, Mode mode, Progress progress)
      throws IOException {
    try (OpenLoop load = new OpenLoop(engine.port(), Overload::page)) {
      return rounds(load, dir, engine, stores, mode, progress);
    }
  }

  private static List<Figure> rounds(
      OpenLoop load,
      Path dir,
      EngineServer engine,
      List<Long> stores,
      Mode mode,
      Progress progress) {
    Duration round = mode.round().multipliedBy(mode == Mode.FULL ? 5 : 3);
    warm(load, engine, mode, progress);
    try (CpuShare share = CpuShare.of(engine.process().pid(), stores, dir)) {
      progress.at(0.3, "held to " + share);
      double peak = peak(load, mode == Mode.FULL ? round : CLIMB, progress);
      share.check();
      List<Pair> pairs = new ArrayList<>();
      int rounds = mode == Mode.FULL ? 7 : 5;
      for (int i = 0; i < rounds; i++) {
        progress.at(0.6 + 0.4 * i / rounds, "five times " + Math.round(peak) + "/s");
        OpenLoop.Outcome calm = load.run(peak / 5, round);
        OpenLoop.Outcome storm = load.run(TIMES * peak, round);
        pairs.add(new Pair(calm, storm, recovery(load, peak / 5, calm)));
      }
      share.check();
      return figures(peak, pairs, engine.metric("podium_read_load_limit"));
    }
  }

  /** An overload, and what was normal just before it. */
  private record Pair(OpenLoop.Outcome calm, OpenLoop.Outcome storm, double recovery) {}

  private static List<Figure> figures(double peak, List<Pair> pairs, double limit) {
    Histogram calm = new Histogram(3);
    Histogram storm = new Histogram(3);
    Histogram calmLate = new Histogram(3);
    Histogram stormLate = new Histogram(3);
    long shed = 0;
    for (Pair pair : pairs) {
      calm.add(pair.calm().micros());
      storm.add(pair.storm().micros());
      calmLate.add(pair.calm().late());
      stormLate.add(pair.storm().late());
      shed += pair.storm().shed();
    }
    // Nobody answers more than the most that was seen.
    double most =
        Math.max(peak, pairs.stream().mapToDouble(p -> p.storm().goodput()).max().orElse(0));
    Map<String, String> beside = new LinkedHashMap<>();
    beside.put("most", Math.round(most) + "/s");
    beside.put("peak", Math.round(peak) + "/s on " + CpuShare.CORES + " of a core");
    beside.put("shed", shed + " of " + (shed + storm.getTotalCount()) + " in the storms");
    beside.put(
        "client",
        "p99 of " + p99(stormLate) + " us without a free connection, unloaded " + p99(calmLate));
    beside.put("loads at a time", Math.round(limit) + " after the storms");
    beside.put("p99", p99(storm) + " us, unloaded " + p99(calm) + " us");
    return List.of(
        figure("goodput", pairs, p -> p.storm().goodput() / most, beside),
        figure("p99", pairs, p -> (double) p99(p.storm().micros()) / p99(p.calm().micros()), beside)
            .with(List.of(Curve.of("unloaded", calm), Curve.of("overloaded", storm))),
        figure("recovery", pairs, Pair::recovery, beside));
  }

  private static Figure figure(
      String metric, List<Pair> pairs, ToDoubleFunction<Pair> of, Map<String, String> beside) {
    List<Double> rounds = pairs.stream().mapToDouble(of).boxed().toList();
    return new Figure(metric, rounds, 0, beside);
  }

  private static long p99(Histogram micros) {
    return micros.getValueAtPercentile(99);
  }

  /**
   * Until the engine's compilers rest: their share of a small part of a core would be what is
   * measured. Storms belong to it, so that the way of what is shed is compiled as well. The client
   * never sleeps: the quick form lets the compilers have its core after each storm, and needs less.
   */
  private static void warm(OpenLoop load, EngineServer engine, Mode mode, Progress progress) {
    int shorter = mode == Mode.FULL ? 1 : 2;
    int most = mode == Mode.FULL ? MOST_WARM_UPS : MOST_RESTED_WARM_UPS;
    Compilers compilers = new Compilers(engine.pids());
    double share = 1;
    for (int i = 0; i < most && (i < LEAST_WARM_UPS || share > COMPILED); i++) {
      progress.at(0.3 * i / most, "warming up, compilers took %.0f %%".formatted(100 * share));
      load.run(WARM_RATE, WARM.dividedBy(shorter));
      load.run(WARM_STORM, WARM_STORM_FOR.dividedBy(shorter));
      if (mode == Mode.QUICK) {
        compilers.rest();
      }
      share = compilers.share();
    }
    // What was made at the start would be copied in the first dozen pauses of the collector.
    engine.collect();
    load.run(WARM_RATE, WARM.dividedBy(shorter)); // the limit is what it was again
  }

  private static String page(long number) {
    long page = number * 7919 % PAGES; // a prime, so that sizes and slices are mixed
    return "/v1/rankings/%s?size=%d&category=c%d"
        .formatted(ReadShop.BOARD, SIZES.get((int) (page / SLICES)), page % SLICES);
  }

  /** The most that it answers: more is offered until that brings nothing, twice. */
  private static double peak(OpenLoop load, Duration round, Progress progress) {
    double first = FIRST_RATE;
    while (load.run(2 * first, LOOK).goodput() > NEARLY_ALL * 2 * first) {
      first *= 2;
      progress.at(0.3, "answers " + Math.round(first) + "/s");
    }
    // A short look may have met what was held: the climb begins where a whole round holds.
    while (first > FIRST_RATE && load.run(first, round).goodput() < NEARLY_ALL * first) {
      first /= 2;
    }
    double peak = 0;
    int vain = 0;
    for (double rate = first; vain < 2; rate *= 1.3) {
      double goodput = load.run(rate, round).goodput();
      vain = goodput > 1.05 * peak ? 0 : vain + 1;
      peak = Math.max(peak, goodput);
      progress.at(0.3, "offered " + Math.round(rate) + ", answers " + Math.round(goodput) + "/s");
    }
    return peak;
  }

  /** Seconds until the median of a tenth of a second is normal and nothing is shed. */
  private static double recovery(OpenLoop load, double rate, OpenLoop.Outcome calm) {
    Duration slice = Duration.ofMillis(250);
    for (int i = 0; i < 40; i++) {
      OpenLoop.Outcome now = load.run(rate, slice);
      if (now.shed() == 0
          && now.micros().getValueAtPercentile(50) <= 2 * calm.micros().getValueAtPercentile(50)) {
        return i * slice.toMillis() / 1e3;
      }
    }
    return 40 * slice.toMillis() / 1e3;
  }
}
