package io.podium.bench.updater;

import io.podium.backends.RedisProcess;
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
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * U1: events applied per second by one thread, against {@code ZINCRBY} per second. One event counts
 * as one, however many lines it has and although it counts on two boards. Before the first round a
 * whole day is applied (the quick form: of a quarter of the events), so that in every round steps
 * turn, expire and carry what steps do. In the rounds the clock moves as in a sale of 10,000 events
 * per second.
 */
public final class ApplyingEvents implements Measurement {
  private static final int PRODUCTS = 100_000;
  private static final int EVENTS_PER_STEP = 20_000;
  private static final int PEAK_EVENTS_PER_STEP = 600_000;
  private static final int STEPS = 1_441;
  private static final double FILL_SHARE = 0.6;
  private static final long SEED = 20_261_122;

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xms1g", "-Xmx1g", "-XX:MaxDirectMemorySize=12g");
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    return Scratch.use(
        dir -> {
          try (RedisProcess redis = RedisProcess.start(dir, RedisProcess.Role.CACHE);
              SortedSetSubject reference =
                  new SortedSetSubject(redis.port(), redis.process().pid(), PRODUCTS, SEED)) {
            return List.of(measure(mode, reference, redis.process().pid(), progress));
          }
        });
  }

  private static Figure measure(
      Mode mode, SortedSetSubject reference, long pid, Progress progress) {
    Instant start = Instant.parse("2026-11-22T00:00:00Z");
    int perStep = mode == Mode.FULL ? EVENTS_PER_STEP : EVENTS_PER_STEP / 4;
    CoreSubject candidate =
        new CoreSubject(
            BenchBoards.windowAndHalfLife(), new SalesTraffic(SEED, PRODUCTS, start, perStep));
    fill(candidate, perStep, progress);
    candidate.pace(PEAK_EVENTS_PER_STEP);
    reference.run(Duration.ofSeconds(2));
    candidate.run(Duration.ofSeconds(1));
    long before = candidate.events();
    long advancedBefore = candidate.advanceNanos();
    Pairs pairs =
        Pairs.run(
            Rounds.of(mode, "U1", "throughput"),
            mode.round(),
            reference,
            candidate,
            so -> so.ratios(Sample::perSecond),
            List.of(pid),
            progress,
            FILL_SHARE);
    double turned = (candidate.events() - before) / (double) PEAK_EVENTS_PER_STEP;
    double turnMillis = (candidate.advanceNanos() - advancedBefore) / 1e6 / turned;
    return new Figure(
        "throughput",
        pairs.ratios(Sample::perSecond),
        pairs.disturbance(),
        beside(pairs, candidate, perStep, turned, turnMillis));
  }

  private static void fill(CoreSubject candidate, int perStep, Progress progress) {
    long all = (long) perStep * STEPS;
    while (candidate.events() < all) {
      candidate.fill();
      double part = candidate.events() / (double) all;
      progress.at(FILL_SHARE * part, "a day of events");
    }
  }

  private static Map<String, String> beside(
      Pairs pairs, CoreSubject candidate, int perStep, double turned, double turnMillis) {
    Map<String, String> beside = new LinkedHashMap<>();
    beside.put("candidate", Text.si(pairs.candidate(Sample::perSecond).median()) + " events/s");
    beside.put("reference", Text.si(pairs.reference(Sample::perSecond).median()) + " ZINCRBY/s");
    beside.put(
        "per second of processor time",
        Text.si(pairs.candidate(Sample::perCpuSecond).median())
            + " events by its thread, "
            + Text.si(pairs.reference(Sample::perCpuSecond).median())
            + " ZINCRBY by redis-server: "
            + Text.number(Spread.of(pairs.ratios(Sample::perCpuSecond)).median())
            + "x");
    beside.put("mix", SalesTraffic.MIX + "; every event counts on both boards");
    beside.put("boards", "PT24H by PT1M and half-life PT30M by PT1M, size 100, whole shop");
    beside.put(
        "time",
        String.format(
            Locale.ROOT,
            "a day of %d events a step behind it; %d a step, %.1f steps turned, %.1f ms a turn",
            perStep,
            PEAK_EVENTS_PER_STEP,
            turned,
            turnMillis));
    beside.put(
        "ranking",
        String.format(
            Locale.ROOT,
            "every 100 ms, %.1f ms a board, %.1f %% of the time",
            candidate.rankingMillis(),
            100 * candidate.rankingShare()));
    return beside;
  }
}
