package io.podium.bench.updater;

import io.podium.bench.MeasurementException;
import io.podium.bench.Sample;
import io.podium.bench.Subject;
import io.podium.ranking.board.Board;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.Outcome;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.event.SalesEvent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The ranking core under the shop's traffic. Timed: applying, moving T, and ranking what changed
 * every 100 ms (the shortest {@code publishEvery}). Not timed: making the events.
 */
final class CoreSubject implements Subject {
  /** The updater applies what it has just decoded; more would be events out of the cache. */
  private static final int CHUNK = 4 * RankingCore.MOST_PREPARED;

  private static final int BATCH = RankingCore.MOST_PREPARED;
  private static final long PUBLISH_NANOS = 100_000_000;

  /** More events pass in half a minute of the longest run than in a day of most shops. */
  private static final CoreLimits ROOMY = roomy(CoreLimits.DEFAULT);

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final SalesEvent[] chunk = new SalesEvent[CHUNK];
  private final List<SalesEvent> events = Arrays.asList(chunk);
  private final List<Board> boards;
  private final RankingCore core;
  private final SalesTraffic traffic;
  private long sincePublished;
  private long rankNanos;
  private long wallNanos;
  private long rankings;
  private long advanceNanos;

  CoreSubject(List<Board> boards, SalesTraffic traffic) {
    this.boards = boards;
    this.core = new RankingCore(boards, ROOMY);
    this.traffic = traffic;
  }

  private static CoreLimits roomy(CoreLimits d) {
    return new CoreLimits(
        d.maxAhead(),
        d.forgets(),
        d.products(),
        d.profiles(),
        d.series(),
        d.counters(),
        4 * d.orderBytes(),
        4 * d.orders(),
        4 * d.remembered(),
        d.cappedLines(),
        d.waiting());
  }

  @Override
  public Sample run(Duration atLeast) {
    long wall = 0;
    long cpu = 0;
    long events = 0;
    while (wall < atLeast.toNanos()) {
      make();
      long cpuStart = threads.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      apply(traffic.nowMillis());
      sincePublished += System.nanoTime() - start;
      if (sincePublished >= PUBLISH_NANOS) {
        rank();
      }
      wall += System.nanoTime() - start;
      cpu += threads.getCurrentThreadCpuTime() - cpuStart;
      events += CHUNK;
    }
    wallNanos += wall;
    return new Sample(events, wall, cpu);
  }

  /** Applies one chunk of events outside of any round. */
  void fill() {
    make();
    apply(traffic.nowMillis());
  }

  void pace(int eventsPerStep) {
    traffic.pace(eventsPerStep);
  }

  long events() {
    return traffic.events();
  }

  /** Share of the timed part that ranking took, 0 to 1. */
  double rankingShare() {
    return wallNanos == 0 ? 0 : (double) rankNanos / wallNanos;
  }

  /** Nanoseconds in which T was moved, and steps turned. */
  long advanceNanos() {
    return advanceNanos;
  }

  double rankingMillis() {
    return rankings == 0 ? 0 : rankNanos / 1e6 / rankings;
  }

  private void make() {
    for (int i = 0; i < CHUNK; i++) {
      chunk[i] = traffic.next();
    }
  }

  private void apply(long nowMillis) {
    long start = System.nanoTime();
    core.advance(nowMillis);
    advanceNanos += System.nanoTime() - start;
    for (int batch = 0; batch < CHUNK; batch += BATCH) {
      core.prepare(events.subList(batch, batch + BATCH));
      for (int i = batch; i < batch + BATCH; i++) {
        apply(chunk[i], nowMillis);
      }
    }
  }

  private void apply(SalesEvent event, long nowMillis) {
    Outcome outcome = core.apply(event, nowMillis);
    if (outcome != Outcome.APPLIED && outcome != Outcome.DUPLICATE) {
      throw new MeasurementException("an event ended as " + outcome + ", not applied");
    }
  }

  private void rank() {
    long start = System.nanoTime();
    for (Board board : boards) {
      core.rankChanged(board.name());
      rankings++;
    }
    rankNanos += System.nanoTime() - start;
    sincePublished = 0;
  }
}
