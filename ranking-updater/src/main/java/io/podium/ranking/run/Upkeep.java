package io.podium.ranking.run;

import io.podium.ranking.rules.RuleBook;
import io.podium.ranking.stream.Await;
import io.podium.store.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be looked after beside the stream of events. A thread each for the lease, the rules
 * and their copy.
 */
final class Upkeep {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration EVERY = Duration.ofMillis(250);
  private static final Duration RULES_WAIT = Duration.ofMillis(250);
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private final UpdaterConfig config;
  private final Lease lease;
  private final RankingLoop loop;
  private final Trimmer trimmer;
  private final RuleBook rules;
  private final CacheLife life;
  private final Vitals vitals;
  private final List<Supplier<CompletionStage<Check>>> stores;

  Upkeep(
      UpdaterConfig config,
      Lease lease,
      RankingLoop loop,
      Trimmer trimmer,
      RuleBook rules,
      CacheLife life,
      Vitals vitals,
      List<Supplier<CompletionStage<Check>>> stores) {
    this.config = config;
    this.lease = lease;
    this.loop = loop;
    this.trimmer = trimmer;
    this.rules = rules;
    this.life = life;
    this.vitals = vitals;
    this.stores = stores;
  }

  /**
   * Several times within the ttl; a follower looks more often, for readers wait for it when it is
   * needed. One that still catches up leaves the lease to others.
   */
  Duration lease() {
    if (loop.status().isCaughtUp()) {
      lease.step();
    } else {
      lease.look();
    }
    return config.leaseTtl().dividedBy(lease.isActive() ? 5 : 15);
  }

  /** On a thread of its own: a rule must not wait for a store that is away. */
  Duration rules() {
    rules.step();
    // A change by another updater ends the wait; a log that lost its end does not.
    rules.await(RULES_WAIT);
    return Duration.ZERO;
  }

  /** Mongo's copy of them. */
  Duration ruleCopy() {
    return rules.copy() ? Duration.ZERO : EVERY;
  }

  /** Each part on its own: one store's loss does not keep the others from being looked after. */
  Duration step() {
    List<RuntimeException> failures = new ArrayList<>();
    attempt(failures, this::checkStores);
    attempt(
        failures,
        () -> {
          if (life.step()) {
            LOG.warn("The cache Redis began a new life: everything is published to it again");
            loop.republish();
          }
        });
    attempt(failures, trimmer::step);
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
}
