package io.podium.chaos.drill;

import io.podium.chaos.harness.Member;
import java.time.Duration;

/** {@code kill -9} of the read engine under load, and a new one on the same files. */
final class EngineKilled extends ShopDrill {
  private static final Duration START = Duration.ofMinutes(2);

  EngineKilled() {
    super(
        "engine-killed",
        "A killed read engine serves again as soon as it is started, and nothing older than before.",
        "강제 종료된 읽기 엔진은 다시 시작되자마자 이전보다 오래되지 않은 페이지를 제공합니다.");
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
    Member engine = scene.stack().member("engine-1");
    engine.kill();
    engine.start();
    long began = System.nanoTime();
    String page = scene.shop().page();
    run.await("the engine answers again", START, () -> scene.shop().api().isUp(page));
    run.fact(
        "from exec to its first page",
        Duration.ofNanos(System.nanoTime() - began).toMillis() + " ms");
  }

  @Override
  void end(Run run, Scene scene) {}
}
