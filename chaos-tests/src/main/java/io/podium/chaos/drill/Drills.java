package io.podium.chaos.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Every drill there is. */
final class Drills {
  /** What the test suite has time for, in its short form: the others are for {@code --all}. */
  static final Set<String> SUITE =
      Set.of(
          "cache-one-way",
          "events-frozen",
          "stores-slow",
          "slow-clients",
          "hot-key-stampede",
          "cold-pages",
          "announcements-lost",
          "announcements-doubled",
          "poisoned-events",
          "stores-gone-engine-restarted",
          "engine-killed",
          "hot-file-corrupt",
          "updater-takeover",
          "updater-killed");

  private Drills() {}

  static List<Drill> suite() {
    return all().stream().filter(d -> SUITE.contains(d.name())).toList();
  }

  /** New ones, to be run once each; those that share a shop stand together. */
  static List<Drill> all() {
    List<Drill> all = new ArrayList<>(StoreDown.all());
    all.add(new EngineFrozen());
    all.add(new Spike());
    all.add(new SlowClients());
    all.add(new HotKeyStampede());
    all.add(new ColdPages());
    all.add(new Announcements(true));
    all.add(new Announcements(false));
    all.add(new PoisonedEvents());
    all.add(new EngineKilled());
    all.add(new StoresGoneRestart());
    all.add(new OnlyMongoLeft());
    all.add(new HotFileCorrupt(false));
    all.add(new HotFileCorrupt(true));
    all.add(new Behind());
    all.add(new HotTierFull());
    all.add(UpdaterTakeover.usual());
    all.add(new ColdStart());
    all.add(new EnginesUpgraded());
    all.add(UpdaterTakeover.withClocksApart());
    all.add(new CacheFailover());
    all.add(new SlotMoved());
    all.add(new BuyAndCancel());
    all.add(new DiskFull(true));
    all.add(new DiskFull(false));
    all.add(new UpdaterKilled());
    return all;
  }
}
