package io.podium.chaos.drill;

import io.podium.chaos.harness.Member;
import io.podium.chaos.harness.Stack;
import io.podium.chaos.harness.Trouble;
import java.time.Duration;
import java.util.List;

/** Every store is killed, then the engine, and it is started again in that state. */
final class StoresGoneRestart extends ShopDrill {
  private static final Duration START = Duration.ofMinutes(2);
  private static final List<String> STORES = List.of(Stack.EVENTS, Stack.CACHE, Stack.MONGO);

  StoresGoneRestart() {
    super(
        "stores-gone-engine-restarted",
        "A read engine that is restarted while every store is gone serves every page it had.",
        "모든 저장소가 없는 상태에서 다시 시작된 읽기 엔진도 가지고 있던 모든 페이지를 제공합니다.");
  }

  @Override
  boolean isAnsweredThroughout() {
    return false;
  }

  @Override
  boolean isLatencyJudged() {
    return false;
  }

  /**
   * Its last second is judged, and must not begin before what was checked just ahead of the kill is
   * old: at an age of two whole seconds.
   */
  @Override
  Duration spell(Run run) {
    return run.isLong() ? super.spell(run) : Duration.ofSeconds(3);
  }

  @Override
  void begin(Run run, Scene scene) throws Exception {
    STORES.forEach(store -> Trouble.KILLED.begin(scene.stack(), store));
    Member engine = scene.stack().member("engine-1");
    engine.kill();
    engine.start();
    String page = scene.shop().page();
    run.await("the engine answers again", START, () -> scene.shop().api().isUp(page));
  }

  @Override
  void during(Run run, Scene scene) throws Exception {
    int held = 0;
    for (String url : scene.shop().urls()) {
      held += scene.shop().api().isUp(scene.stack().engineUrls().get(0) + url) ? 1 : 0;
    }
    int all = scene.shop().urls().size();
    run.check(
        Promise.READS_GO_ON,
        "every page that was read before is served still",
        held == all,
        held + " of " + all);
    long since = scene.history().now() - Duration.ofSeconds(1).toNanos();
    var newest = scene.reads().between(since, Long.MAX_VALUE).all();
    long silent = newest.stream().filter(a -> a.isOk() && !a.isStale()).count();
    run.check(
        Promise.TOLD,
        "each of them said that it may be old",
        !newest.isEmpty() && silent == 0,
        newest.size() + " answers of the last second, " + silent + " without a word");
  }

  @Override
  void end(Run run, Scene scene) {
    STORES.forEach(store -> Trouble.KILLED.end(scene.stack(), store));
  }
}
