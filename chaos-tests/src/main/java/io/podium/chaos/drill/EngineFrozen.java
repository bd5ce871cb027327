package io.podium.chaos.drill;

import java.time.Duration;

/** The read engine stops for ten seconds, as in a long garbage collection, and goes on. */
final class EngineFrozen extends ShopDrill {
  EngineFrozen() {
    super(
        "engine-frozen",
        "A read engine that hung for ten seconds answers all who waited, and is up to date at once.",
        "10초 동안 멈췄던 읽기 엔진은 기다린 모든 요청에 답하고 곧바로 최신 상태가 됩니다.");
  }

  @Override
  Duration spell(Run run) {
    return run.isLong() ? Duration.ofSeconds(10) : Duration.ofSeconds(2);
  }

  @Override
  boolean isLatencyJudged() {
    // Whoever came in those seconds waited, and no server can change that.
    return false;
  }

  @Override
  void begin(Run run, Scene scene) {
    scene.stack().member("engine-1").freeze();
  }

  @Override
  void end(Run run, Scene scene) {
    scene.stack().member("engine-1").thaw();
  }
}
