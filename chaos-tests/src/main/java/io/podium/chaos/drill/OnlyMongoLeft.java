package io.podium.chaos.drill;

import io.podium.chaos.harness.Member;
import io.podium.chaos.harness.Stack;
import io.podium.chaos.harness.Trouble;
import java.time.Duration;

/**
 * The cache role is emptied while both updaters hang, and the engine is killed and started: what
 * Mongo has, which follows behind, is older than what the engine holds in its file.
 */
final class OnlyMongoLeft extends ShopDrill {
  private static final Duration START = Duration.ofMinutes(2);

  OnlyMongoLeft() {
    super(
        "only-mongo-left",
        "When only the slower copy is left, nobody gets a page older than the one before.",
        "더 늦은 사본만 남아도 이전보다 오래된 페이지를 받는 고객은 없습니다.");
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
    scene.shop().updaters().forEach(Member::freeze);
    Trouble.EMPTIED.begin(scene.stack(), Stack.CACHE);
    Member engine = scene.stack().member("engine-1");
    engine.kill();
    engine.start();
    String page = scene.shop().page();
    run.await("the engine answers again", START, () -> scene.shop().isServed(page));
  }

  @Override
  void end(Run run, Scene scene) {
    scene.shop().updaters().forEach(Member::thaw);
  }
}
