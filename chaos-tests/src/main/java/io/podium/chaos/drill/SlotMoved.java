package io.podium.chaos.drill;

import io.podium.backends.RedisProcess;
import io.podium.chaos.harness.Layout;
import java.time.Duration;
import java.util.List;

/** With the cache role a cluster, slots move from one primary to another while they are written. */
final class SlotMoved extends ShopDrill {
  private static final int SLOTS = 20;

  SlotMoved() {
    super(
        "cache-slot-moved",
        "When a Redis cluster is rebalanced in the middle of the day, no reader notices.",
        "영업 중에 Redis 클러스터를 재배치해도 고객은 알아차리지 못합니다.");
  }

  @Override
  Setting setting(Run run) {
    Setting standard = Setting.standard(run);
    return standard.with(standard.layout().withCache(Layout.Cache.CLUSTER));
  }

  @Override
  Duration spell(Run run) {
    return Duration.ofSeconds(3);
  }

  @Override
  void begin(Run run, Scene scene) {
    List<RedisProcess> primaries = scene.stack().stores().cacheServers();
    RedisProcess from = primaries.get(0);
    RedisProcess to = primaries.get(1);
    int moved = 0;
    for (int slot = 0; slot < 16_384 / 3 && moved < SLOTS; slot++) {
      int keys =
          Integer.parseInt(from.tell("CLUSTER COUNTKEYSINSLOT " + slot).strip().substring(1));
      if (keys > 0) {
        move(slot, from, to, primaries);
        moved++;
      }
    }
    run.fact("slots with keys that moved", Integer.toString(moved));
    run.check(Promise.STORES_ALONE, "there was something to move", moved > 0, moved + " slots");
  }

  private static void move(
      int slot, RedisProcess from, RedisProcess to, List<RedisProcess> primaries) {
    to.tell("CLUSTER SETSLOT " + slot + " IMPORTING " + id(from));
    from.tell("CLUSTER SETSLOT " + slot + " MIGRATING " + id(to));
    for (String keys = keys(from, slot); !keys.isEmpty(); keys = keys(from, slot)) {
      from.tell("MIGRATE 127.0.0.1 " + to.port() + " \"\" 0 5000 KEYS " + keys);
    }
    to.tell("CLUSTER SETSLOT " + slot + " NODE " + id(to));
    from.tell("CLUSTER SETSLOT " + slot + " NODE " + id(to));
    primaries.forEach(p -> p.tell("CLUSTER SETSLOT " + slot + " NODE " + id(to)));
  }

  private static String id(RedisProcess node) {
    return node.tell("CLUSTER MYID").lines().skip(1).findFirst().orElseThrow();
  }

  /** In quotes; every second line of the answer is the length of the next. */
  private static String keys(RedisProcess node, int slot) {
    List<String> lines = node.tell("CLUSTER GETKEYSINSLOT " + slot + " 50").lines().toList();
    StringBuilder keys = new StringBuilder();
    for (int i = 2; i < lines.size(); i += 2) {
      keys.append(" \"").append(lines.get(i).replace("\"", "\\\"")).append('"');
    }
    return keys.toString().strip();
  }

  @Override
  void end(Run run, Scene scene) {}
}
