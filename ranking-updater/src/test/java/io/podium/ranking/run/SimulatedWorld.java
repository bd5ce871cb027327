package io.podium.ranking.run;

import io.podium.announce.Announcement;
import io.podium.announce.AnnouncementLog;
import io.podium.config.Config;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.BoardParser;
import io.podium.ranking.board.Rule;
import io.podium.ranking.stream.EventLog;
import io.podium.ranking.stream.MemoryEventLog;
import io.podium.ranking.stream.MemoryLease;
import io.podium.store.memory.MemoryAnnouncementLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;

/** Time, stores and rules of a simulation: all that outlives the updaters. */
final class SimulatedWorld {
  static final List<Board> BOARDS =
      BoardParser.parse(
          Config.parse(
              """
              best:
                score: units
                window: PT24H
                publishEvery: PT0.1S
                movementBy: PT5S
                slices: [[], [category], [buyer.ageGroup]]
              hot:
                score: { order.placed: 3, product.viewed: 1 }
                window: PT12S
                step: PT2S
                publishEvery: PT0.2S
                slices: [[], [category]]
              """,
              "simulation"));

  private static final int ANNOUNCEMENTS = 1_000_000;

  private final Path dir;
  private final Faults faults;
  private final Clock clock = new VirtualClock(this::now);
  private final MemoryEventLog soundLog = new MemoryEventLog(this::now, Long.MAX_VALUE);
  private final FaultyLog log;
  private final FaultyListings cache;
  private final FaultyListings mongo;
  private final FaultyCards cacheCards;
  private final FaultyCards mongoCards;
  private final MemoryAnnouncementLog announced = new MemoryAnnouncementLog(ANNOUNCEMENTS);
  private final EventLog.Retention retention;
  private List<Rule> rules = List.of();
  private int cacheLives;
  private long now = Instant.parse("2026-11-22T09:00:00Z").toEpochMilli();

  /**
   * @param forget after so long a silence an updater is not waited for
   */
  SimulatedWorld(Random random, Path dir, Duration forget) {
    this.dir = dir;
    this.faults = new Faults(random);
    this.log = new FaultyLog(soundLog, new MemoryLease(this::now), faults);
    this.cache = new FaultyListings(faults);
    this.mongo = new FaultyListings(faults);
    this.cacheCards = new FaultyCards(faults);
    this.mongoCards = new FaultyCards(faults);
    this.retention = new EventLog.Retention(forget, Duration.ofSeconds(2), 10);
  }

  long now() {
    return now;
  }

  void pass(long millis) {
    now += millis;
  }

  void wipeCache() {
    cache.wipe();
    cacheCards.wipe();
    cacheLives++;
  }

  void rules(List<Rule> newest) {
    rules = newest;
  }

  List<Rule> rules() {
    return rules;
  }

  String cacheLife() {
    return "life " + cacheLives;
  }

  Path dir() {
    return dir;
  }

  Faults faults() {
    return faults;
  }

  Clock clock() {
    return clock;
  }

  FaultyLog log() {
    return log;
  }

  MemoryEventLog soundLog() {
    return soundLog;
  }

  FaultyListings cache() {
    return cache;
  }

  FaultyListings mongo() {
    return mongo;
  }

  FaultyCards cacheCards() {
    return cacheCards;
  }

  FaultyCards mongoCards() {
    return mongoCards;
  }

  EventLog.Retention retention() {
    return retention;
  }

  /** Everything that was announced. */
  List<Announcement> announced() throws Exception {
    return announced
        .read("0", ANNOUNCEMENTS, Duration.ZERO)
        .toCompletableFuture()
        .get()
        .announcements();
  }

  AnnouncementLog announcements() {
    return new AnnouncementLog() {
      @Override
      public CompletionStage<Void> append(List<Announcement> announcements) {
        return faults.call(() -> announced.append(announcements));
      }

      @Override
      public CompletionStage<String> end() {
        return announced.end();
      }

      @Override
      public CompletionStage<Batch> read(String position, int limit, Duration wait) {
        return announced.read(position, limit, wait);
      }

      @Override
      public void close() {}
    };
  }
}
