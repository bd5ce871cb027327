package io.podium.ranking.run;

import io.podium.ranking.archive.Archiver;
import io.podium.ranking.archive.Damage;
import io.podium.ranking.archive.Handover;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.event.EventDecoder;
import io.podium.ranking.stream.Positions;
import io.podium.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * One updater process with all that it does, a thread's step at a time; a crash leaves its disk.
 */
final class SimulatedUpdater {
  /** Threads that {@link #step} knows. */
  static final int THREADS = 10;

  private static final Duration TTL = Duration.ofSeconds(2);
  private static final Duration DEADLINE = Duration.ofSeconds(1);
  private static final Duration AHEAD = Duration.ofSeconds(5);

  private final SimulatedWorld world;
  private final String name;
  private final Path dir;
  private final List<Path> archives;
  private boolean alive;
  private int lives;
  private Lease lease;
  private RankingLoop loop;
  private Checkpoints checkpoints;
  private Publisher publisher;
  private TrailingStore trailing;
  private Archiver archiver;
  private CardKeeper cacheKeeper;
  private CardKeeper mongoKeeper;
  private Trimmer trimmer;
  private String cacheLife = "";

  /** Running. */
  SimulatedUpdater(SimulatedWorld world, String name, String other) throws IOException {
    this.world = world;
    this.name = name;
    this.dir = world.dir().resolve(name);
    this.archives = List.of(dir.resolve("archive"), world.dir().resolve(other).resolve("archive"));
    // Known from the start: what is trimmed before an updater is known is in no archive of its own.
    var registered = world.soundLog().register(name, Positions.START, world.now());
    assert registered != null;
    begin();
  }

  boolean isAlive() {
    return alive;
  }

  Path dir() {
    return dir;
  }

  /** Once more, after a crash. */
  void start() throws IOException {
    begin();
  }

  private void begin() throws IOException {
    Files.createDirectories(dir);
    Clock clock = world.clock();
    FaultyLog log = world.log();
    cacheLife = "";
    String holder = name + "/" + lives++;
    lease = new Lease(log, holder, TTL, clock, () -> clock.millis() * 1_000_000);
    Movement movement = new Movement(SimulatedWorld.BOARDS);
    trailing =
        new TrailingStore(
            world.mongo(), lease, movement, Duration.ZERO, Duration.ofDays(1), clock, DEADLINE);
    // One clock is ahead: without the fence its late writes would be the newest.
    Clock ahead = Clock.offset(clock, name.equals("a") ? AHEAD : Duration.ZERO);
    publisher =
        new Publisher(
            world.cache(), trailing, world.announcements(), lease, movement, ahead, DEADLINE);
    Damage damage = new Damage();
    CheckpointFiles files = new CheckpointFiles(dir, world.faults()::between);
    checkpoints = new Checkpoints(files, Duration.ofMillis(500), clock);
    Recovery recovery =
        new Recovery(SimulatedWorld.BOARDS, CoreLimits.DEFAULT, log, files, archives, damage);
    loop =
        new RankingLoop(
            SimulatedWorld.BOARDS,
            log,
            recovery,
            checkpoints,
            publisher,
            lease,
            world::rules,
            new RankingLoop.Settings(3, Duration.ZERO, 2),
            clock);
    Handover handover = new Handover(clock);
    loop.archive(handover);
    archiver =
        new Archiver(log, handover, archives.get(0), 4_000, Duration.ofDays(1), clock, damage);
    cacheKeeper = keeper("cache");
    mongoKeeper = keeper("mongo");
    trimmer =
        new Trimmer(name, log, lease, checkpoints, archiver, mongoKeeper, world.retention(), clock);
    alive = true;
  }

  private CardKeeper keeper(String store) {
    boolean cache = store.equals("cache");
    return new CardKeeper(
        world.log(),
        new EventDecoder(SimulatedWorld.BOARDS),
        cache ? world.cacheCards() : world.mongoCards(),
        cache ? world.announcements() : null,
        cache ? world.mongoCards() : null,
        cache ? () -> cacheLife : () -> "mongo",
        new PositionFile(dir.resolve("cards-" + store)),
        CoreLimits.DEFAULT.maxAhead(),
        DEADLINE);
  }

  /** It is gone between two instructions. */
  void crash() {
    if (alive) {
      alive = false;
      try {
        archiver.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** One step of one of its threads. */
  void step(int thread) {
    try {
      switch (thread) {
        case 0 -> loop.step();
        case 1 -> publisher.runCycle();
        case 2 -> trailing.runCycle();
        case 3 -> leaseStep();
        case 4 -> checkpoints.write();
        case 5 -> archiver.step();
        case 6 -> cacheKeeper.step();
        case 7 -> mongoKeeper.step();
        case 8 -> trimmer.step();
        default -> lookAtCache();
      }
    } catch (StoreException e) {
      // The worker tries again.
    } catch (Faults.Crash e) {
      crash();
    } catch (IOException e) {
      if (e.getCause() instanceof Recovery.IncompleteException) {
        // The worker tries again: what was trimmed meanwhile is found when it reads the archives
        // anew.
        return;
      }
      throw new AssertionError(name + ": " + e.getMessage(), e);
    }
  }

  private void leaseStep() {
    if (loop.status().isCaughtUp()) {
      lease.step();
    } else {
      lease.look();
    }
  }

  private void lookAtCache() {
    String now = world.cacheLife();
    if (!cacheLife.isEmpty() && !cacheLife.equals(now)) {
      loop.republish();
    }
    cacheLife = now;
  }

  Lease lease() {
    return lease;
  }

  LoopStatus status() {
    return loop.status();
  }
}
