package io.podium.chaos.drill;

import io.podium.chaos.harness.EventClient;
import io.podium.chaos.harness.Member;
import java.time.Duration;
import java.time.Instant;

/**
 * Two engines behind a balancer are stopped and started one after the other, as in a deployment,
 * while what the cache role holds is of the next version: what an engine meets that is the last of
 * its version, or is put back to it. Then every card is patched, by updaters that do not know what
 * the next version keeps in it.
 */
final class EnginesUpgraded extends ShopDrill {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PATCHES_A_POST = 100;
  private static final String PATCHED = "drill";

  EnginesUpgraded() {
    super(
        "engines-upgraded",
        "Read engines of two versions can be replaced one by one in the middle of the day: no reader"
            + " notices, and neither version loses what the other one keeps.",
        "영업 중에 두 버전의 읽기 엔진을 하나씩 교체해도 고객은 알아차리지 못하고," + " 어느 버전도 다른 버전이 저장한 것을 잃지 않습니다.");
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
  boolean countsOnlySales() {
    return false; // patches count too
  }

  @Override
  void begin(Run run, Scene scene) throws Exception {
    try (NextVersion next = new NextVersion(scene.stack().stores().cache().uri())) {
      long stamped = next.stamp();
      for (int i = 0; i < 2; i++) {
        Member engine = scene.stack().member("engine-" + (i + 1));
        run.tell("replacing " + engine.name());
        engine.stop(Duration.ofSeconds(20));
        stamped += next.stamp();
        engine.start();
        String ready = scene.stack().adminUrls().get(i) + "/health/ready";
        run.await(engine.name() + " is ready", PATIENCE, () -> scene.shop().api().isUp(ready));
      }
      run.fact("values stamped as of the next version", Long.toString(stamped));
    }
  }

  @Override
  void during(Run run, Scene scene) throws Exception {
    try (NextVersion next = new NextVersion(scene.stack().stores().cache().uri())) {
      next.stamp();
      int products = scene.shop().sales().products();
      Instant now = Instant.now();
      var patches = new EventClient.Plan(products, PATCHES_A_POST, Integer.MAX_VALUE);
      scene.shop().client().post(patches, (i, out) -> patch(scene, i, now, out)).finish();
      run.await(
          "each card has the patch and what the next version kept in it",
          PATIENCE,
          () -> next.cardsOfBoth(PATCHED) == products);
    }
    for (String engine : scene.stack().engineUrls()) {
      String url = engine + scene.shop().urls().get(0);
      run.await("the patch is shown at " + url, PATIENCE, () -> shows(scene, url));
    }
  }

  private static void patch(Scene scene, int product, Instant at, StringBuilder out) {
    out.append("{\"specversion\":\"1.0\",\"id\":\"patch-").append(at).append(product);
    out.append("\",\"source\":\"/drill\",\"type\":\"product.patched\",\"time\":\"").append(at);
    out.append("\",\"data\":{\"productId\":\"").append(scene.shop().sales().product(product));
    out.append("\",\"card\":{\"").append(PATCHED).append("\":true}}}");
  }

  private static boolean shows(Scene scene, String url) throws InterruptedException {
    var page = scene.shop().api().json(url);
    return page != null && page.path("items").path(0).path("product").path(PATCHED).asBoolean();
  }

  @Override
  void end(Run run, Scene scene) {}

  @Override
  void after(Run run, Scene scene) throws Exception {
    double unreadable = 0;
    for (String admin : scene.stack().adminUrls()) {
      for (String metric :
          new String[] {"podium_store_corrupt_total", "podium_hot_unreadable_total"}) {
        unreadable += scene.shop().metrics().sum(admin, metric, "");
      }
    }
    run.check(
        Promise.WHOLE_PAGES,
        "engines could read all that the next version left",
        unreadable == 0,
        unreadable + " values could not be read");
  }
}
