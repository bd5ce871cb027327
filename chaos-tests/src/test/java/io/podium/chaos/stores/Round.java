package io.podium.chaos.stores;

import io.podium.store.Await;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/**
 * Before a fault, while it lasts, and the return.
 *
 * @param openMs from the beginning of the fault until every breaker of its stores has opened
 * @param publishedMs from the stores' return until the publisher was done with a new epoch
 * @param freshMs from the stores' return until every page that is read shows it
 * @param grownKib of live objects on the engine's heap while the fault lasted
 */
record Round(
    Window before,
    Window during,
    double openMs,
    double publishedMs,
    double freshMs,
    long grownKib) {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SETTLE = Duration.ofMillis(500);

  private static final Duration WARM_UP_LOOK = Duration.ofSeconds(3);
  private static final int MOST_LOOKS = 30;
  private static final double STILL_FALLING = 0.9;

  /** Each look at the metrics costs the engine something. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /**
   * @param p99 of the warm reads, in microseconds
   * @param answered the part of those that were due in the window: a read that hangs is not among
   *     the latencies
   * @param cpu processor time for each request, in microseconds
   */
  record Window(double p99, double answered, double cpu) {}

  /** Where it takes place. */
  record Place(FaultyShop shop, EngineProcess engine, Load load) {
    /** Lets the load run on. */
    void hold(Duration time) {
      long until = System.nanoTime() + time.toNanos();
      Await.until("held on", () -> System.nanoTime() - until > 0);
    }

    /**
     * Lets the load run until a request costs no less than before, three times in a row: then next
     * to nothing is compiled any more. Gives up after a while.
     */
    void warmUp() {
      double least = Double.MAX_VALUE;
      int level = 0;
      for (int i = 0; i < MOST_LOOKS && level < 3; i++) {
        double cost = cpuOf(WARM_UP_LOOK, this);
        level = cost < STILL_FALLING * least ? 0 : level + 1;
        least = Math.min(least, cost);
      }
    }

    /** Publishes a new epoch; milliseconds until it was out, and until every page shows it. */
    double[] publishAndAwaitFresh() {
      long start = System.nanoTime();
      long epoch = shop.publishAll();
      double published = millisSince(start);
      awaitAllFresh(epoch);
      return new double[] {published, millisSince(start)};
    }

    void awaitAllFresh(long epoch) {
      for (int i = 0; i < FaultyShop.LISTINGS; i++) {
        String page = FaultyShop.warm(i);
        Await.until("epoch " + epoch + " is served", PATIENCE, () -> engine.serves(page, epoch));
      }
    }
  }

  /**
   * @param spell how long the load is watched, before and with the fault
   * @param slow how late a slow store's answers come
   */
  static Round of(Case c, Place at, Duration spell, Duration slow) {
    awaitClosed(at.engine());
    long heap = at.engine().liveHeap();
    // The collection stopped the readers: what they are late with is none of the window's.
    at.hold(SETTLE);
    at.load().takeLatencies();
    long start = System.nanoTime();
    double cpuBefore = cpuOf(spell, at);
    Window before = window(at.load(), start, cpuBefore);

    double redisOpened = opened(at.engine(), "redis");
    double mongoOpened = opened(at.engine(), "mongo");
    at.load().takeLatencies();
    start = System.nanoTime();
    c.begin(at.shop(), slow);
    while (c.opensBreakers() && !isOpen(c, at.engine(), redisOpened, mongoOpened)) {
      at.hold(LOOK_EVERY);
      if (millisSince(start) > PATIENCE.toMillis()) {
        throw new AssertionError("the breakers do not open: " + c);
      }
    }
    double openMs = millisSince(start);
    double cpuDuring = cpuOf(spell, at);
    Window during = window(at.load(), start, cpuDuring);
    long grown = at.engine().liveHeap() - heap;

    c.end(at.shop());
    double[] publishedAndFresh = at.publishAndAwaitFresh();
    return new Round(
        before, during, openMs, publishedAndFresh[0], publishedAndFresh[1], grown >> 10);
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  private static Window window(Load load, long start, double cpu) {
    double due = Load.WARM_PER_S * millisSince(start) / 1e3;
    Histogram latencies = load.takeLatencies();
    return new Window(latencies.getValueAtPercentile(99), latencies.getTotalCount() / due, cpu);
  }

  /** Processor time of the engine for each request, in microseconds. */
  private static double cpuOf(Duration spell, Place at) {
    Duration cpu = at.engine().cpu();
    long requests = at.load().requests();
    at.hold(spell);
    return at.engine().cpu().minus(cpu).toNanos() / 1e3 / (at.load().requests() - requests);
  }

  private static boolean isOpen(
      Case c, EngineProcess engine, double redisOpened, double mongoOpened) {
    return (!c.store().has(Case.Store.REDIS) || opened(engine, "redis") > redisOpened)
        && (!c.store().has(Case.Store.MONGO) || opened(engine, "mongo") > mongoOpened);
  }

  /** How often the breakers of the store opened. */
  private static double opened(EngineProcess engine, String store) {
    return engine.metric("podium_store_breaker_opened_total", "store=\"" + store + "\"");
  }

  /** Calls come through again, or would if there were any. */
  private static void awaitClosed(EngineProcess engine) {
    Await.until(
        "the breakers let calls through",
        PATIENCE,
        () -> engine.ones("podium_store_breaker_state") == 0);
  }
}
