package io.podium.ranking.run;

import io.podium.ranking.archive.Archiver;
import io.podium.ranking.stream.Await;
import io.podium.ranking.stream.EventLog;
import io.podium.ranking.stream.Position;
import io.podium.ranking.stream.Positions;
import io.podium.store.Check;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be looked after beside the stream of events. Two threads: one for the lease. */
final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration EVERY = Duration.ofMillis(250);
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final long REGISTER_EVERY_MS = 2_000;

  private final UpdaterConfig config;
  private final EventLog log;
  private final Lease lease;
  private final RankingLoop loop;
  private final Archiver archiver;
  private final CardKeeper mongoKeeper;
  private final RuleBook rules;
  private final CacheLife life;
  private final Vitals vitals;
  private final Clock clock;
  private final List<Supplier<CompletionStage<Check>>> stores;
  private long registeredAt;

  Upkeep(
      UpdaterConfig config,
      EventLog log,
      Lease lease,
      RankingLoop loop,
      Archiver archiver,
      CardKeeper mongoKeeper,
      RuleBook rules,
      CacheLife life,
      Vitals vitals,
      Clock clock,
      List<Supplier<CompletionStage<Check>>> stores) {
    this.config = config;
    this.log = log;
    this.lease = lease;
    this.loop = loop;
    this.archiver = archiver;
    this.mongoKeeper = mongoKeeper;
    this.rules = rules;
    this.life = life;
    this.vitals = vitals;
    this.clock = clock;
    this.stores = stores;
  }

  /** Several times within the ttl. One that still catches up leaves the lease to others. */
  Duration lease() {
    if (loop.status().isCaughtUp()) {
      lease.step();
    } else {
      lease.look();
    }
    return config.leaseTtl().dividedBy(5);
  }

  /** Each part on its own: one store's loss does not keep the others from being looked after. */
  Duration step() {
    List<RuntimeException> failures = new ArrayList<>();
    attempt(failures, this::checkStores);
    attempt(
        failures,
        () -> {
          while (rules.step()) {
            // There is more.
          }
        });
    attempt(
        failures,
        () -> {
          if (life.step()) {
            LOG.warn("The cache Redis began a new life: everything is published to it again");
            loop.republish();
          }
        });
    attempt(failures, this::register);
    if (!failures.isEmpty()) {
      throw failures.get(0);
    }
    return EVERY;
  }

  private static void attempt(List<RuntimeException> failures, Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }

  private void checkStores() {
    List<Check> checks = new ArrayList<>();
    List<CompletionStage<Check>> asked = new ArrayList<>();
    stores.forEach(s -> asked.add(s.get()));
    asked.forEach(c -> checks.add(Await.on(c, DEADLINE)));
    vitals.stores(checks);
  }

  private void register() {
    long now = clock.millis();
    if (now - registeredAt < REGISTER_EVERY_MS) {
      return;
    }
    registeredAt = now;
    Await.on(log.register(config.name(), safe(), now), DEADLINE);
    if (lease.isActive()) {
      Await.on(log.trim(now, config.streams()), DEADLINE);
    }
  }

  /** What this updater will never need from the streams again. */
  private Positions safe() {
    Checkpoint c = loop.safe();
    Positions cards =
        new Positions(
            new Position(new io.podium.ranking.stream.EntryId(Long.MAX_VALUE, 0), 0),
            new Position(mongoKeeper.safe(), 0));
    return (c == null ? Positions.START : c.positions()).least(archiver.safe()).least(cards);
  }
}
