package io.podium.bench.flow;

import io.podium.backends.ChildProcess;
import io.podium.backends.RedisProcess;
import io.podium.bench.Compilers;
import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.Mode;
import io.podium.bench.Pairs;
import io.podium.bench.Progress;
import io.podium.bench.Rounds;
import io.podium.bench.Sample;
import io.podium.bench.Scratch;
import io.podium.bench.Spread;
import io.podium.bench.Text;
import io.podium.bench.updater.BenchBoards;
import io.podium.bench.updater.SalesTraffic;
import io.podium.bench.updater.SortedSetSubject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * U2: events from the Redis Stream to published listings, by an updater process as it is shipped,
 * with decoding, archive and checkpoints; per second of the process's processor time, all its
 * threads, which is what one core would do; against {@code ZINCRBY} per second.
 */
public final class FromStream implements Measurement {
  private static final int PRODUCTS = 100_000;
  private static final int PEAK_EVENTS_PER_STEP = 600_000;
  private static final int LEAST_WARM_UPS = 6;

  /** What is compiled at last is compiled for long; then it is measured as it is. */
  private static final int MOST_WARM_UPS = 25;

  private static final int MOST_RESTED_WARM_UPS = 10;

  /** As many as four backlogs have. */
  private static final int FLOWING = 750_000;

  private static final double LITTLE = 0.03;
  private static final double WARM_SHARE = 0.4;
  private static final long SEED = 20_261_122;
  private static final String SETTINGS =
      "  checkpointEvery: PT3S\n  maxBacklog: 100000000\n  streamKeep: PT0S\n  leaseTtl: PT1M\n";

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xmx1g");
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    return Scratch.use(
        dir -> {
          try (RedisProcess redis =
                  RedisProcess.start(dir.resolve("reference"), RedisProcess.Role.CACHE);
              SortedSetSubject reference =
                  new SortedSetSubject(redis.port(), redis.process().pid(), PRODUCTS, SEED);
              Site site = new Site(dir, SETTINGS, BenchBoards.WINDOW_AND_HALF_LIFE);
              Backlog backlog = new Backlog(site.events().uri(), traffic())) {
            return List.of(measure(mode, site, backlog, reference, redis, progress));
          }
        });
  }

  static SalesTraffic traffic() {
    return new SalesTraffic(
        SEED, PRODUCTS, Instant.now().minus(Duration.ofHours(1)), PEAK_EVENTS_PER_STEP);
  }

  private static Figure measure(
      Mode mode,
      Site site,
      Backlog backlog,
      SortedSetSubject reference,
      RedisProcess redis,
      Progress progress) {
    ChildProcess updater = site.startUpdater("-Xmx1g", "-Xms1g").process();
    site.awaitActive();
    UpdaterSubject candidate = new UpdaterSubject(site, backlog, updater);
    warm(candidate, updater.pid(), mode, progress);
    reference.run(Duration.ofSeconds(1));
    ThreadTimes threads = new ThreadTimes(updater.pid());
    List<Long> pids = List.of(updater.pid(), redis.process().pid(), site.events().process().pid());
    Pairs pairs =
        Pairs.run(
            Rounds.of(mode, "U2", "throughput"),
            mode.round(),
            reference,
            candidate,
            FromStream::ratios,
            pids,
            progress,
            WARM_SHARE);
    return new Figure(
        "throughput", ratios(pairs), pairs.disturbance(), beside(pairs, backlog, threads));
  }

  private static List<Double> ratios(Pairs pairs) {
    return pairs.ratios(Sample::perCpuSecond, Sample::perSecond);
  }

  /**
   * Until the compilers have next to nothing left to do: what they take is not what an event is. In
   * the quick form most of the warm-up is not stopped for, and they have the machine before the
   * updater is stopped, and they with it.
   */
  private static void warm(UpdaterSubject candidate, long pid, Mode mode, Progress progress) {
    if (mode == Mode.QUICK) {
      candidate.flow(FLOWING);
    }
    Compilers compilers = new Compilers(List.of(pid));
    double compiling = 1;
    int most = mode == Mode.FULL ? MOST_WARM_UPS : MOST_RESTED_WARM_UPS;
    for (int i = 0; i < most && (i < LEAST_WARM_UPS || compiling > LITTLE); i++) {
      candidate.run(Duration.ofSeconds(1));
      if (mode == Mode.QUICK) {
        compilers.rest();
      }
      compiling = compilers.share();
      progress.at(
          WARM_SHARE * (i + 1) / most,
          "warming up, compilers took %.0f %%".formatted(100 * compiling));
    }
  }

  private static Map<String, String> beside(Pairs pairs, Backlog backlog, ThreadTimes threads) {
    Map<String, String> beside = new LinkedHashMap<>();
    beside.put(
        "candidate",
        Text.si(pairs.candidate(Sample::perCpuSecond).median())
            + " events per second of the updater process's processor time, all threads");
    beside.put("reference", Text.si(pairs.reference(Sample::perSecond).median()) + " ZINCRBY/s");
    beside.put(
        "by the clock",
        Text.si(pairs.candidate(Sample::perSecond).median())
            + " events/s: "
            + Text.number(Spread.of(pairs.ratios(Sample::perSecond)).median())
            + "x");
    beside.put("threads", threads.shares());
    beside.put(
        "mix", SalesTraffic.MIX + "; " + Text.number(backlog.bytesPerEvent()) + " B an event");
    return beside;
  }
}
