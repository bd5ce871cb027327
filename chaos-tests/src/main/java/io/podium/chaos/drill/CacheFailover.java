package io.podium.chaos.drill;

import io.podium.backends.RedisProcess;
import io.podium.chaos.harness.Layout;
import io.podium.chaos.harness.Stack;
import java.time.Duration;
import java.util.List;

/** The primary of the cache role is killed, and Sentinel makes another server the primary. */
final class CacheFailover extends ShopDrill {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  CacheFailover() {
    super(
        "cache-failover",
        "When the cache's primary dies and a replica takes over, rankings go on and never go back.",
        "캐시의 주 서버가 죽고 복제 서버가 이어받아도 랭킹은 계속되고 되돌아가지 않습니다.");
  }

  @Override
  Setting setting(Run run) {
    Setting standard = Setting.standard(run);
    return standard.with(standard.layout().withCache(Layout.Cache.SENTINELS));
  }

  @Override
  Duration spell(Run run) {
    return Duration.ofSeconds(1);
  }

  @Override
  void begin(Run run, Scene scene) {
    scene.stack().member(Stack.CACHE).kill();
  }

  @Override
  void during(Run run, Scene scene) throws Exception {
    List<RedisProcess> replicas = scene.stack().stores().cacheServers();
    long began = System.nanoTime();
    run.await(
        "a replica becomes the primary",
        PATIENCE,
        () -> replicas.subList(1, replicas.size()).stream().anyMatch(CacheFailover::isPrimary));
    Duration fresh = scene.awaitFresh();
    run.fact(
        "failover",
        (System.nanoTime() - began) / 1_000_000
            + " ms until fresh pages, of them the last "
            + fresh.toMillis()
            + " ms after the election");
  }

  private static boolean isPrimary(RedisProcess server) {
    return server.tell("ROLE").contains("master");
  }

  @Override
  void end(Run run, Scene scene) {
    scene.stack().member(Stack.CACHE).start();
  }
}
