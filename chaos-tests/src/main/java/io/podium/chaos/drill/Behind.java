package io.podium.chaos.drill;

import io.podium.chaos.harness.Member;
import java.time.Duration;

/**
 * One updater is away while an hour of sales is taken by the other, which then dies: the first one
 * has to catch up alone before anything new is published.
 */
final class Behind extends ShopDrill {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  Behind() {
    super(
        "an-hour-behind",
        "An updater that is an hour of sales behind catches up by itself, and pages stay meanwhile.",
        "한 시간 분량의 판매가 밀린 업데이터도 스스로 따라잡고 그동안 페이지는 유지됩니다.");
  }

  @Override
  Duration spell(Run run) {
    return Duration.ZERO;
  }

  @Override
  double slowerAtMost() {
    return 50; // thousands of events a second are posted and applied on the same cores
  }

  @Override
  void begin(Run run, Scene scene) throws Exception {
    OpenShop shop = scene.shop();
    Member late = shop.updaters().get(1);
    Member other = shop.updaters().get(0);
    late.kill();
    shop.stopSelling();
    int backlog = run.isLong() ? 60_000 : 6_000;
    shop.sell(backlog, 200, Integer.MAX_VALUE).finish();
    other.kill();
    late.start();
    long began = System.nanoTime();
    run.await(late.name() + " is active", PATIENCE, () -> isActive(shop, late));
    run.fact(
        "from the start of the one that was behind to its first publication",
        (System.nanoTime() - began) / 1_000_000 + " ms, " + backlog + " events behind");
    shop.startSelling();
    other.start();
  }

  private static boolean isActive(OpenShop shop, Member updater) throws InterruptedException {
    return shop.progress(updater).path("state").asText().equals("active");
  }

  @Override
  void end(Run run, Scene scene) {}
}
