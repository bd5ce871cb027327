package io.podium.chaos.drill;

import io.podium.chaos.harness.Member;
import java.time.Duration;

/**
 * Two engines behind a balancer are stopped and started one after the other, as in a deployment.
 */
final class EnginesUpgraded extends ShopDrill {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  EnginesUpgraded() {
    super(
        "engines-upgraded",
        "Read engines can be replaced one by one in the middle of the day, and no reader notices.",
        "영업 중에 읽기 엔진을 하나씩 교체해도 고객은 알아차리지 못합니다.");
  }

  @Override
  Setting setting(Run run) {
    Setting standard = Setting.standard(run);
    return standard.with(standard.layout().withEngines(2));
  }

  @Override
  Duration spell(Run run) {
    return Duration.ZERO;
  }

  @Override
  double slowerAtMost() {
    return 50; // a JVM starts on the same cores
  }

  @Override
  void begin(Run run, Scene scene) throws Exception {
    for (int i = 0; i < 2; i++) {
      Member engine = scene.stack().member("engine-" + (i + 1));
      run.tell("replacing " + engine.name());
      engine.stop(Duration.ofSeconds(20));
      engine.start();
      String ready = scene.stack().adminUrls().get(i) + "/health/ready";
      run.await(engine.name() + " is ready", PATIENCE, () -> scene.shop().api().isUp(ready));
    }
  }

  @Override
  void end(Run run, Scene scene) {}
}
