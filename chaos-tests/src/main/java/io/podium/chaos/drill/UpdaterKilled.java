package io.podium.chaos.drill;

import io.podium.chaos.check.Chart;
import io.podium.chaos.check.Sales;
import io.podium.chaos.harness.Killer;
import io.podium.chaos.harness.Member;
import io.podium.chaos.harness.Stack;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * {@code kill -9} of either updater every few seconds, and of the events Redis again and again,
 * while a shop posts, and posts again whatever was not acknowledged.
 */
final class UpdaterKilled extends ShopDrill {
  private static final int PRODUCTS = 2_000;
  private static final List<Chart> CHARTS =
      List.of(
          Chart.day("best-sellers", "units"),
          Chart.day("takings", "revenue"),
          Chart.trending("trending"));

  private final List<Killer> killers = new ArrayList<>();
  private long began;

  UpdaterKilled() {
    super(
        "updater-killed",
        "No sale that the shop was told is safe is lost or counted twice, however often an"
            + " updater or the event log is killed.",
        "업데이터나 이벤트 로그가 아무리 자주 강제 종료되어도 접수가 확인된 판매는 유실되거나 두 번 집계되지 않습니다.");
  }

  @Override
  Setting setting(Run run) {
    return Setting.standard(run).with(CHARTS, PRODUCTS);
  }

  @Override
  Sales sales(Run run) {
    Instant first = Instant.now().minus(Sales.SPAN).minusSeconds(600);
    return new Sales(
        run.random().nextLong(),
        run.isLong() ? 300_000 : 30_000,
        PRODUCTS,
        first.truncatedTo(ChronoUnit.MILLIS));
  }

  @Override
  int salesPerSecond(Run run) {
    return run.isLong() ? 10_000 : 4_000;
  }

  @Override
  double slowerAtMost() {
    // Processes start all the time, on the same cores.
    return 50;
  }

  @Override
  void begin(Run run, Scene scene) {
    began = System.nanoTime();
    OpenShop shop = scene.shop();
    int logKills = run.isLong() ? 5 : 2;
    Killer either =
        new Killer(
            shop.updaters(),
            shop::answers,
            Killer.every(Duration.ofSeconds(1), Duration.ofSeconds(4), run.random()),
            run.isLong() ? Integer.MAX_VALUE : 2,
            run.random(),
            run::tell);
    killers.add(run.keep(either));
    Killer log =
        new Killer(
            List.of(scene.stack().member(Stack.EVENTS)),
            Member::isAlive,
            each(shop.events() / (logKills + 1), shop.client()::acknowledged),
            logKills,
            run.random(),
            run::tell);
    killers.add(run.keep(log));
  }

  /** Due whenever another such part of the events is acknowledged. */
  private static BooleanSupplier each(long part, LongSupplier acknowledged) {
    return new BooleanSupplier() {
      private long next = part;

      @Override
      public boolean getAsBoolean() {
        boolean due = acknowledged.getAsLong() >= next;
        next += due ? part : 0;
        return due;
      }
    };
  }

  @Override
  void during(Run run, Scene scene) throws Exception {
    scene.shop().finishTelling();
    var client = scene.shop().client();
    run.fact(
        "posted",
        String.format(
            Locale.ROOT,
            "%,d events in %.0f s; %d requests refused, %d without an answer; longest wait of a"
                + " batch for its 202: %.1f s",
            client.acknowledged(),
            (System.nanoTime() - began) / 1e9,
            client.refused(),
            client.unanswered(),
            client.longest().toMillis() / 1e3));
  }

  @Override
  void end(Run run, Scene scene) {
    killers.forEach(Killer::close);
    run.fact(
        "kill -9",
        killers.get(0).kills()
            + " of an updater, "
            + killers.get(1).kills()
            + " of the events"
            + " Redis");
  }

  @Override
  void after(Run run, Scene scene) throws Exception {
    long acknowledged = scene.shop().client().acknowledged();
    run.check(
        Promise.COUNTED_ONCE,
        "every event was acknowledged in the end",
        acknowledged == scene.shop().events(),
        acknowledged + " of " + scene.shop().events());
    new Settled(run, scene.shop()).checkVerify();
  }
}
