package io.podium.chaos.drill;

import io.podium.chaos.harness.Member;
import io.podium.chaos.harness.Stack;
import java.time.Duration;
import java.util.List;

/**
 * Everything is stopped at once, the cache role and the engine's files are empty, and everything is
 * started at once while readers come at their usual rate.
 */
final class ColdStart extends ShopDrill {
  private static final Duration START = Duration.ofMinutes(2);

  ColdStart() {
    super(
        "cold-start",
        "After a power cut everything comes up together under load, and the rankings are as before.",
        "정전 후 모든 것이 부하 속에서 함께 시작되어도 랭킹은 이전과 같습니다.");
  }

  @Override
  Duration spell(Run run) {
    return Duration.ZERO;
  }

  @Override
  boolean isAnsweredThroughout() {
    return false;
  }

  @Override
  boolean isLatencyJudged() {
    return false;
  }

  @Override
  void begin(Run run, Scene scene) throws Exception {
    List<Member> all = scene.stack().members();
    all.forEach(Member::kill);
    scene.history().engineLost();
    Stage.delete(scene.stack().hotDirs().get(0));
    // Mongo knows the listings still: what is asked for comes from there before the updaters run.
    all.stream().filter(m -> !m.name().startsWith(Stack.CACHE)).parallel().forEach(Member::start);
    scene.stack().member(Stack.CACHE).start();
    long began = System.nanoTime();
    for (String url : scene.shop().urls()) {
      String page = scene.stack().engineUrls().get(0) + url;
      run.await("a page at " + url, START, () -> scene.shop().isServed(page));
    }
    run.fact("until every page was served", (System.nanoTime() - began) / 1_000_000 + " ms");
  }

  @Override
  void end(Run run, Scene scene) {}
}
