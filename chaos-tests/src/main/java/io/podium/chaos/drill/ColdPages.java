package io.podium.chaos.drill;

import io.podium.backends.Fault;
import io.podium.backends.FaultProxy;
import io.podium.chaos.harness.Stack;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Far more pages that are not held are asked for at once than can be loaded. */
final class ColdPages extends ShopDrill {
  /** A load takes so long that they pile up, and not so long that the store counts as slow. */
  private static final Duration SLOW = Duration.ofMillis(100);

  private static final int AT_ONCE = 400;

  ColdPages() {
    super(
        "cold-pages",
        "When too many new pages are wanted at once some are turned away with a time to come back,"
            + " and the others go on.",
        "새 페이지 요청이 한꺼번에 몰리면 일부는 다시 올 시각을 안내받고, 나머지 페이지는 계속 제공됩니다.");
  }

  @Override
  boolean isLatencyJudged() {
    // The flood is asked for by the process that measures.
    return false;
  }

  @Override
  void begin(Run run, Scene scene) throws Exception {
    FaultProxy link = scene.stack().links().between("engine-1", Stack.CACHE);
    link.set(Fault.NONE, Fault.delay(SLOW, Duration.ZERO));
    // Nobody reads this board: each listing must be loaded.
    var cold = Flood.urls(Setting.UNREAD);
    double shed = scene.metric("podium_read_shed_total", "");
    Map<Integer, Integer> byStatus = Flood.ask(scene.stack().engineUrls().get(0), cold, AT_ONCE);
    link.heal();
    run.check(
        Promise.READS_GO_ON,
        "each was answered, or refused with a time to come back",
        Set.of(200, 503).equals(byStatus.keySet()),
        cold.size() + " pages, " + AT_ONCE + " at a time, by status " + byStatus);
    double more = scene.metric("podium_read_shed_total", "") - shed;
    run.check(
        Promise.TOLD,
        "metrics tell how many were turned away",
        more > 0 && more >= byStatus.getOrDefault(503, 0),
        (long) more + " counted");
  }

  @Override
  void end(Run run, Scene scene) {}
}
