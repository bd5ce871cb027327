package io.podium.chaos.drill;

import io.podium.chaos.check.Chart;
import io.podium.chaos.check.Sales;
import io.podium.chaos.harness.Killer;
import io.podium.chaos.harness.Member;
import io.podium.chaos.harness.PageWatch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code kill -9} of either updater every few seconds, and of the events Redis ten times, while a
 * shop posts, and posts again whatever was not acknowledged.
 */
final class UpdaterKilled implements Drill {
  private static final int PRODUCTS = 2_000;
  private static final List<Chart> CHARTS =
      List.of(
          Chart.day("best-sellers", "units"),
          Chart.day("takings", "revenue"),
          Chart.trending("trending"));

  private @Nullable OpenShop open;
  private @Nullable Storm raging;

  /** The fault, and what goes on while it lasts. */
  private record Storm(
      Killer either, Killer log, PageWatch pages, List<Future<?>> posting, long began) {}

  private record Size(int events, int batch, int perSecond, int updaterKills, int logKills) {
    static Size of(Run run) {
      return run.isLong()
          ? new Size(1_000_000, 500, 10_000, Integer.MAX_VALUE, 10)
          : new Size(30_000, 200, 4_000, 2, 2);
    }
  }

  @Override
  public String name() {
    return "updater-killed";
  }

  @Override
  public String hypothesis() {
    return "No sale that the shop was told is safe is lost or counted twice, however often an"
        + " updater or the event log is killed.";
  }

  @Override
  public List<Integer> promises() {
    return List.of(1, 3, 7);
  }

  @Override
  public void steadyState(Run run) throws Exception {
    Instant first = Instant.now().minus(Sales.SPAN).minusSeconds(600);
    Sales sales =
        new Sales(
            run.random().nextLong(),
            Size.of(run).events(),
            PRODUCTS,
            first.truncatedTo(ChronoUnit.MILLIS));
    open = OpenShop.open(run, sales, CHARTS);
  }

  @Override
  public void fault(Run run) {
    OpenShop shop = shop();
    Size size = Size.of(run);
    long began = System.nanoTime();
    List<Future<?>> posting = shop.sell(size.batch(), size.perSecond());
    Killer either =
        new Killer(
            shop.updaters(),
            shop::answers,
            Killer.every(Duration.ofSeconds(1), Duration.ofSeconds(4), run.random()),
            size.updaterKills(),
            run.random(),
            run::tell);
    Killer log =
        new Killer(
            List.of(shop.stack().member("redis-events")),
            Member::isAlive,
            each(shop.events() / (size.logKills() + 1), shop.client()::acknowledged),
            size.logKills(),
            run.random(),
            run::tell);
    PageWatch pages = new PageWatch(shop.api(), shop.page());
    raging = new Storm(run.keep(either), run.keep(log), run.keep(pages), posting, began);
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
  public void meanwhile(Run run) throws Exception {
    Storm storm = storm();
    OpenShop.finish(storm.posting());
    double seconds = (System.nanoTime() - storm.began()) / 1e9;
    run.fact(
        "posted",
        String.format(
            Locale.ROOT,
            "%,d events in %.0f s; %d requests refused, %d without an answer; longest wait of a"
                + " batch for its 202: %.1f s",
            shop().client().acknowledged(),
            seconds,
            shop().client().refused(),
            shop().client().unanswered(),
            shop().client().longest().toMillis() / 1e3));
  }

  @Override
  public void recovery(Run run) throws Exception {
    Storm storm = storm();
    storm.either().close();
    storm.log().close();
    run.fact(
        "kill -9",
        storm.either().kills() + " of an updater, " + storm.log().kills() + " of the events Redis");
    new Settled(run, shop()).catchUp();
    storm.pages().close();
  }

  @Override
  public void afterwards(Run run) throws Exception {
    run.check(
        "a reader always got a whole page, and never an older one than before",
        storm().pages().isClean(),
        storm().pages().findings());
    run.check(
        "every event was acknowledged in the end",
        shop().client().acknowledged() == shop().events(),
        shop().client().acknowledged() + " of " + shop().events());
    Settled settled = new Settled(run, shop());
    settled.checkCounts();
    settled.checkListings();
    settled.checkVerify();
  }

  private OpenShop shop() {
    return begun(open);
  }

  private Storm storm() {
    return begun(raging);
  }

  private static <T> T begun(@Nullable T phase) {
    if (phase == null) {
      throw new IllegalStateException("the phase before was not run");
    }
    return phase;
  }
}
