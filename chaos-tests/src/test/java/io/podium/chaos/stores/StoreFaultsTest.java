package io.podium.chaos.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.backends.BackendProcess;
import io.podium.backends.FaultProxy;
import io.podium.chaos.stores.Case.Store;
import io.podium.chaos.stores.Case.Trouble;
import io.podium.chaos.stores.Round.Place;
import io.podium.store.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One engine process behind links and stores that fail while it is read: no warm read fails, the
 * breakers open, the heap stays, and what is published after the return is served, also by an
 * engine that was restarted meanwhile.
 *
 * <p>In the suite a few faults, with deadlines for a busy machine, and times are told only. On
 * demand every fault on every store, five rounds of each, with the default deadlines, and times are
 * judged; what the first round of each compiles would make any fault look fast, and is not judged.
 * A trouble's name instead of {@code all} takes that one: {@code ./podium test -pl chaos-tests -am
 * -Dtest=StoreFaultsTest -Dpodium.faults=all}.
 */
class StoreFaultsTest {
  private static final long MOST_HEAP_KIB = 64L << 10;
  private static final double MOST_OPEN_MS = 1_000;
  private static final double MOST_FRESH_MS = 3_000;
  private static final double MOST_SLOWER = 1.2;

  /** A pause of the machine is caught up with; a read that hangs is not. */
  private static final double LEAST_ANSWERED = 0.5;

  private static final String FAULTS = System.getProperty("podium.faults", "");
  private static final boolean ALL = !FAULTS.isEmpty();
  private static final int ROUNDS = ALL ? 5 : 1;
  private static final Duration SPELL = Duration.ofSeconds(ALL ? 5 : 1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Beyond the deadlines that the engine has. */
  private static final Duration SLOW = Duration.ofMillis(ALL ? 500 : 3_000);

  @TempDir static Path dir;
  private static FaultyShop shop;
  private static EngineProcess engine;
  private static Load load;
  private static Place place;

  @BeforeAll
  static void start() {
    shop = new FaultyShop(dir);
    engine = new EngineProcess(dir, shop.stores(!ALL));
    engine.warm();
    load = Load.steady(engine);
    place = new Place(shop, engine, load);
    if (ALL) {
      // What is compiled on the way would make any fault look fast.
      place.warmUp();
    }
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
    if (ALL) {
      Round.of(c, place, SPELL, SLOW);
    }
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      rounds.add(Round.of(c, place, SPELL, SLOW));
    }
    tell(c, rounds);
    assertThat(load.failures()).isEmpty();
    assertThat(rounds)
        .allSatisfy(
            r -> {
              assertThat(r.before().answered()).isGreaterThan(LEAST_ANSWERED);
              assertThat(r.during().answered()).isGreaterThan(LEAST_ANSWERED);
              assertThat(r.grownKib()).isLessThan(MOST_HEAP_KIB);
            });
    if (ALL) {
      assertThat(rounds).allSatisfy(r -> assertThat(r.freshMs()).isLessThan(MOST_FRESH_MS));
      assertThat(slower(rounds)).isLessThan(MOST_SLOWER);
      if (c.opensBreakers()) {
        assertThat(rounds).allSatisfy(r -> assertThat(r.openMs()).isLessThan(MOST_OPEN_MS));
      }
    }
  }

  private static void tell(Case c, List<Round> rounds) {
    System.out.printf(
        Locale.ROOT,
        "%-5s %-10s open after %4.0f ms at most, published after %4.0f ms, fresh after %4.0f ms at"
            + " most, p99 %5.0f -> %5.0f us (x %.2f), CPU %4.0f -> %4.0f us a request (x %.2f),"
            + " heap %+.0f KiB, failed %d%n",
        c.store(),
        c.trouble(),
        most(rounds, Round::openMs),
        median(rounds, Round::publishedMs),
        most(rounds, Round::freshMs),
        p99(rounds, Round::before),
        p99(rounds, Round::during),
        slower(rounds),
        median(rounds, r -> r.before().cpu()),
        median(rounds, r -> r.during().cpu()),
        median(rounds, r -> r.during().cpu() / r.before().cpu()),
        most(rounds, Round::grownKib),
        load.failures().size());
  }

  private static double slower(List<Round> rounds) {
    return p99(rounds, Round::during) / p99(rounds, Round::before);
  }

  /** The median of the rounds: a pause of the machine falls into few of them. */
  private static double p99(List<Round> rounds, Function<Round, Round.Window> of) {
    return median(rounds, r -> of.apply(r).p99());
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> of) {
    return rounds.stream().mapToDouble(of).sorted().skip(rounds.size() / 2).findFirst().orElse(0);
  }

  private static double most(List<Round> rounds, ToDoubleFunction<Round> of) {
    return rounds.stream().mapToDouble(of).max().orElse(0);
  }

  static Stream<Trouble> restarts() {
    return ALL
        ? Stream.of(Trouble.KILLED, Trouble.FROZEN, Trouble.BLACK_HOLE)
        : Stream.of(Trouble.FROZEN);
  }

  /** It has nothing but its file; when the stores return it is as fresh as one that ran on. */
  @ParameterizedTest
  @MethodSource("restarts")
  void theEngineComesBackInTheMiddleOfIt(Trouble trouble) {
    Case c = new Case(Store.BOTH, trouble);
    c.begin(shop, SLOW);
    load.pause(true);
    engine.restart();
    load.pause(false);
    long reads = load.warmReads();
    Await.until(
        "pages are served from what was held", PATIENCE, () -> load.warmReads() > reads + 100);
    assertThat(load.failures()).isEmpty();
    if (ALL) {
      // The return is judged, not what a process compiles in its first seconds.
      place.warmUp();
    }
    c.end(shop);
    double[] publishedAndFresh = place.publishAndAwaitFresh();
    System.out.printf(
        Locale.ROOT,
        "restarted with both %s: after the return published after %.0f ms, fresh after %.0f ms%n",
        trouble,
        publishedAndFresh[0],
        publishedAndFresh[1]);
    assertThat(load.failures()).isEmpty();
    if (ALL) {
      assertThat(publishedAndFresh[1]).isLessThan(MOST_FRESH_MS);
    }
  }
}
