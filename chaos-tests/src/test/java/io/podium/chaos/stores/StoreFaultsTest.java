package io.podium.chaos.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.backends.BackendProcess;
import io.podium.backends.Fault;
import io.podium.backends.FaultProxy;
import io.podium.store.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One engine process behind links and stores that fail while it is read: no warm read fails, the
 * breakers open, the heap stays, and what is published after the return is served. With {@code
 * -Dpodium.faults=all} (or the name of one) every fault on every store, with the default deadlines,
 * and the medians of three rounds of each. The figures are printed: of a p99 that is to be at most
 * 1.2 times the one before, a machine that does other things tells nothing, so it is not asserted.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoreFaultsTest {
  private static final long MOST_HEAP_KIB = 64L << 10;
  private static final String FAULTS = System.getProperty("podium.faults", "");
  private static final boolean ALL = !FAULTS.isEmpty();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration SPELL = Duration.ofSeconds(ALL ? 4 : 1);
  private static final Duration SETTLE = Duration.ofMillis(500);

  /** Each of them before, during, return; the medians of their ratios are printed. */
  private static final int ROUNDS = ALL ? 3 : 1;

  /** Beyond the deadlines that the engine has. */
  private static final Duration SLOW = Duration.ofMillis(ALL ? 500 : 3_000);

  private static final int PUBLICATIONS = ALL ? 10 : 2;
  private static final long MEGABIT = 125_000;

  /** A listing with its announcement, and a share of what goes on beside it. */
  private static final int MOST_FOR_A_LISTING = 6_000;

  private static final String REDIS_BYTES = "podium_store_redis_bytes_total";
  private static final String BYTES_SERVED = "podium_read_bytes_total";

  enum Store {
    REDIS,
    MONGO,
    BOTH;

    boolean has(Store other) {
      return this == other || this == BOTH;
    }
  }

  enum Trouble {
    KILLED,
    FROZEN,
    BLACK_HOLE,
    SLOW,
    NARROW
  }

  record Case(Store store, Trouble trouble) {}

  /** p99 of the warm reads and processor time for each request, in microseconds. */
  record Window(double p99, double cpu) {}

  record Round(
      Window before,
      Window during,
      double openMs,
      double publishedMs,
      double freshMs,
      long grownKib) {}

  @TempDir static Path dir;
  private static FaultyShop shop;
  private static EngineProcess engine;
  private static Load load;

  @BeforeAll
  static void start() {
    shop = new FaultyShop(dir);
    engine = new EngineProcess(dir, shop.stores(!ALL));
    for (int i = 0; i < FaultyShop.LISTINGS; i++) {
      String page = FaultyShop.warm(i);
      Await.until("warm", PATIENCE, () -> engine.status(page) == 200);
    }
    load = new Load(engine);
  }

  @AfterAll
  static void stop() {
    load.close();
    engine.close();
    shop.close();
  }

  /** Whatever the test before left behind. */
  @BeforeEach
  void whole() {
    whole(shop.redis, shop.redisLinkage);
    whole(shop.mongo, shop.mongoLinkage);
    load.pause(false);
    load.withCold(true);
    load.forgetFailures();
  }

  private static void whole(BackendProcess store, FaultProxy link) {
    link.heal();
    if (store.process().isAlive()) {
      store.thaw();
    } else {
      store.restart();
    }
  }

  static Stream<Case> cases() {
    if (ALL) {
      return Stream.of(Trouble.values())
          .filter(t -> FAULTS.equals("all") || t.name().equalsIgnoreCase(FAULTS))
          .flatMap(t -> Stream.of(Store.values()).map(s -> new Case(s, t)));
    }
    return Stream.of(
        new Case(Store.REDIS, Trouble.BLACK_HOLE),
        new Case(Store.REDIS, Trouble.KILLED),
        new Case(Store.BOTH, Trouble.SLOW));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void warmReadsGoOn_andTheReturnIsNoticed(Case c) {
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      rounds.add(round(c));
    }
    System.out.printf(
        Locale.ROOT,
        "%-5s %-10s open after %4.0f ms, published after %4.0f ms, fresh after %4.0f ms, p99 %5.0f -> %5.0f us (x %.2f),"
            + " CPU %4.0f -> %4.0f us a request (x %.2f), heap %+.0f KiB, failed %d%n",
        c.store(),
        c.trouble(),
        median(rounds, Round::openMs),
        median(rounds, Round::publishedMs),
        median(rounds, Round::freshMs),
        median(rounds, r -> r.before().p99()),
        median(rounds, r -> r.during().p99()),
        median(rounds, r -> r.during().p99() / r.before().p99()),
        median(rounds, r -> r.before().cpu()),
        median(rounds, r -> r.during().cpu()),
        median(rounds, r -> r.during().cpu() / r.before().cpu()),
        rounds.stream().mapToDouble(Round::grownKib).max().orElse(0),
        load.failures().size());
    assertThat(load.failures()).isEmpty();
    assertThat(rounds).allSatisfy(r -> assertThat(r.grownKib()).isLessThan(MOST_HEAP_KIB));
  }

  /** Before, during, and the return. */
  private static Round round(Case c) {
    awaitClosed();
    long heap = engine.liveHeap();
    // The collection stopped the readers: what they are late with is none of the window's.
    hold(SETTLE);
    load.takeLatencies();
    double cpuBefore = cpuOfASpell();
    Window before = new Window(p99(), cpuBefore);

    double redisOpened = opened("redis");
    double mongoOpened = opened("mongo");
    load.takeLatencies();
    long start = System.nanoTime();
    begin(c);
    awaitOpen(c, redisOpened, mongoOpened);
    double openMs = millisSince(start);
    double cpuDuring = cpuOfASpell();
    Window during = new Window(p99(), cpuDuring);
    long grown = engine.liveHeap() - heap;

    end(c);
    long returned = System.nanoTime();
    long epoch = shop.publishAll();
    double publishedMs = millisSince(returned);
    awaitFresh(epoch);
    return new Round(before, during, openMs, publishedMs, millisSince(returned), grown >> 10);
  }

  private static double millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e6;
  }

  /** Of the warm reads since the latencies were last taken, in microseconds. */
  private static double p99() {
    return load.takeLatencies().getValueAtPercentile(99);
  }

  /** Processor time of the engine for each request, in microseconds. */
  private static double cpuOfASpell() {
    Duration cpu = engine.cpu();
    long requests = load.requests();
    hold(SPELL);
    return engine.cpu().minus(cpu).toNanos() / 1e3 / (load.requests() - requests);
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
    return rounds.stream().mapToDouble(of).sorted().skip(rounds.size() / 2).findFirst().orElse(0);
  }

  @Test
  void theEngineComesBackInTheMiddleOfIt() {
    shop.redis.freeze();
    shop.mongoLinkage.set(Fault.BLACK_HOLE);
    try {
      load.pause(true);
      engine.restart();
      load.pause(false);
      long reads = load.warmReads();
      Await.until(
          "pages are served from what was held", PATIENCE, () -> load.warmReads() > reads + 100);
      assertThat(load.failures()).isEmpty();
    } finally {
      load.pause(false);
      shop.redis.thaw();
      shop.mongoLinkage.heal();
    }
    awaitFresh(shop.publishAll());
    assertThat(load.failures()).isEmpty();
  }

  @Test
  @Order(1) // while few listings are held
  void theCacheRoleEmptiedCostsMongoNoMoreThanOneLoadForEachListing() {
    load.withCold(false);
    awaitAllFresh(shop.publishAll());
    long before = shop.mongo.finds("listings");
    shop.flush();
    long reads = load.warmReads();
    Await.until("read on", PATIENCE, () -> load.warmReads() > reads + 1000);
    assertThat(load.failures()).isEmpty();
    long loads = shop.mongo.finds("listings") - before;
    // What was asked for and has no listing is held, as empty, like all others: the cold ones, and
    // the whole shop, for which the engine asked when it warmed up.
    long asked = FaultyShop.LISTINGS + 1 + load.coldReads();
    System.out.printf(
        "the cache role emptied: %d loads at Mongo, %d listings asked for%n", loads, asked);
    assertThat(loads).isBetween(1L, asked);
    awaitFresh(shop.publishAll());
  }

  @Test
  @Order(2) // as before
  void warmReadsTouchNoStore() {
    load.withCold(false);
    awaitAllFresh(shop.publishAll());
    long commands = commands();
    double bytes = engine.metric(REDIS_BYTES, "");
    double served = engine.metric(BYTES_SERVED, "");
    long reads = load.warmReads();
    long start = System.nanoTime();
    Await.until("read", PATIENCE, () -> load.warmReads() > reads + 1000);
    long more = commands() - commands;
    // Every five seconds the epochs of what is held are looked at, and the boards: of the listings,
    // the cold ones that were read, and the whole shop.
    long checks = 2 + Duration.ofNanos(System.nanoTime() - start).toSeconds() / 5;
    double received = engine.metric(REDIS_BYTES, "") - bytes;
    double sent = engine.metric(BYTES_SERVED, "") - served;
    System.out.printf(
        Locale.ROOT,
        "%d warm reads: %d reading commands at the stores, Redis bytes %.3f%% of those served%n",
        load.warmReads() - reads,
        more,
        100 * received / sent);
    assertThat(received / sent).as("of the bytes served came from Redis").isLessThan(0.01);
    assertThat(more).isLessThanOrEqualTo(checks * (FaultyShop.LISTINGS + load.coldReads() + 2));
  }

  @Test
  @Order(3) // as before
  void whatIsPublishedIsFetchedOnce_howeverManyReadIt() {
    load.withCold(false);
    awaitAllFresh(shop.publishAll());
    double bytes = engine.metric(REDIS_BYTES, "");
    double served = engine.metric(BYTES_SERVED, "");
    for (int i = 0; i < PUBLICATIONS; i++) {
      long reads = load.warmReads();
      awaitAllFresh(shop.publishListings());
      Await.until("read", PATIENCE, () -> load.warmReads() > reads + 200);
    }
    double received = engine.metric(REDIS_BYTES, "") - bytes;
    double sent = engine.metric(BYTES_SERVED, "") - served;
    double each = received / PUBLICATIONS / FaultyShop.LISTINGS;
    System.out.printf(
        Locale.ROOT,
        "%d listings published %d times: Redis bytes %.3f%% of those served, %.0f for each%n",
        FaultyShop.LISTINGS,
        PUBLICATIONS,
        100 * received / sent,
        each);
    assertThat(each).as("bytes from Redis for a listing published").isLessThan(MOST_FOR_A_LISTING);
  }

  private static long commands() {
    return shop.redis.calls("hget")
        + shop.redis.calls("mget")
        + shop.redis.calls("xrange")
        + shop.mongo.finds("listings")
        + shop.mongo.finds("cards");
  }

  private static void begin(Case c) {
    if (c.store().has(Store.REDIS)) {
      begin(c.trouble(), shop.redis, shop.redisLinkage);
    }
    if (c.store().has(Store.MONGO)) {
      begin(c.trouble(), shop.mongo, shop.mongoLinkage);
    }
  }

  private static void begin(Trouble trouble, BackendProcess store, FaultProxy link) {
    switch (trouble) {
      case KILLED -> store.kill();
      case FROZEN -> store.freeze();
      case BLACK_HOLE -> link.set(Fault.BLACK_HOLE);
      case SLOW -> link.set(Fault.delay(SLOW, Duration.ZERO), Fault.NONE);
      case NARROW -> link.set(Fault.throttle(MEGABIT));
    }
  }

  private static void end(Case c) {
    if (c.store().has(Store.REDIS)) {
      end(c.trouble(), shop.redis, shop.redisLinkage);
    }
    if (c.store().has(Store.MONGO)) {
      end(c.trouble(), shop.mongo, shop.mongoLinkage);
    }
  }

  private static void end(Trouble trouble, BackendProcess store, FaultProxy link) {
    switch (trouble) {
      case KILLED -> store.restart();
      case FROZEN -> store.thaw();
      case BLACK_HOLE, SLOW, NARROW -> link.heal();
    }
  }

  /** A narrow link carries what these few readers ask for: nothing has to open. */
  private static void awaitOpen(Case c, double redisOpened, double mongoOpened) {
    if (c.trouble() != Trouble.NARROW) {
      Await.until(
          "the breakers are open",
          PATIENCE,
          () ->
              (!c.store().has(Store.REDIS) || opened("redis") > redisOpened)
                  && (!c.store().has(Store.MONGO) || opened("mongo") > mongoOpened));
    }
  }

  /** How often the breakers of the store opened. */
  private static double opened(String store) {
    return engine.metric("podium_store_breaker_opened_total", "store=\"" + store + "\"");
  }

  /** Calls come through again, or would if there were any. */
  private static void awaitClosed() {
    Await.until(
        "the breakers let calls through",
        PATIENCE,
        () -> engine.ones("podium_store_breaker_state") == 0);
  }

  private static void awaitFresh(long epoch) {
    awaitFresh(epoch, 0);
  }

  private static void awaitAllFresh(long epoch) {
    for (int i = 0; i < FaultyShop.LISTINGS; i++) {
      awaitFresh(epoch, i);
    }
  }

  private static void awaitFresh(long epoch, int listing) {
    Await.until(
        "epoch " + epoch + " is served",
        PATIENCE,
        () -> {
          try {
            return engine.get(FaultyShop.warm(listing)).body().contains("\"epoch\":" + epoch);
          } catch (IOException e) {
            return false;
          }
        });
  }

  /** Lets the load run on. */
  private static void hold(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    Await.until("held on", () -> System.nanoTime() - until > 0);
  }
}
