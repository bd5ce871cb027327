package io.podium.chaos.drill;

import io.podium.chaos.check.Chart;
import io.podium.chaos.check.Sales;
import io.podium.chaos.harness.EventClient;
import io.podium.chaos.harness.Member;
import io.podium.chaos.harness.PageWatch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The active updater is killed, and next time frozen until the other one has taken over: then it
 * wakes, and believes that it is active still.
 */
final class UpdaterTakeover implements Drill {
  private static final int PRODUCTS = 500;
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<Chart> CHARTS =
      List.of(Chart.day("best-sellers", "units"), Chart.trending("trending"));

  private @Nullable OpenShop open;
  private @Nullable PageWatch watch;
  private int sold;

  private static final int BATCH = 20;
  private static final int PER_SECOND = 500;

  /** Sales while the fault lasts, and after the takeover: those are what a new page shows. */
  private static final int SALES_BEFORE = 2_000;

  private static final int SALES_AFTER = 400;

  @Override
  public String name() {
    return "updater-takeover";
  }

  @Override
  public String hypothesis() {
    return "When the active updater dies or hangs, the other one goes on within three seconds, and"
        + " never do two of them publish.";
  }

  @Override
  public List<Integer> promises() {
    return List.of(1, 3, 7);
  }

  @Override
  public void steadyState(Run run) throws Exception {
    Instant first = Instant.now().minus(Sales.SPAN).minusSeconds(600);
    int count = rounds(run) * (SALES_BEFORE + SALES_AFTER);
    long seed = run.random().nextLong();
    Sales sales = new Sales(seed, count, PRODUCTS, first.truncatedTo(ChronoUnit.MILLIS));
    open = OpenShop.open(run, sales, CHARTS);
  }

  private static int rounds(Run run) {
    return run.isLong() ? 10 : 2;
  }

  @Override
  public void fault(Run run) {
    watch = run.keep(new PageWatch(shop().api(), shop().page()));
  }

  @Override
  public void meanwhile(Run run) throws Exception {
    List<Long> took = new ArrayList<>();
    for (int round = 0; round < rounds(run); round++) {
      run.await("one updater active, the other following", PATIENCE, this::isPaired);
      List<Future<?>> posting = sell(SALES_BEFORE);
      took.add(round % 2 == 0 ? killActive(run) : freezeActive(run));
      OpenShop.finish(posting);
    }
    run.fact("from the fault to the other one's first page, ms", took.toString());
    if (run.isLong()) {
      run.check(
          "the other updater had published within " + LIMIT.toSeconds() + " s each time",
          took.stream().allMatch(ms -> ms <= LIMIT.toMillis()),
          took + " ms");
    }
  }

  private List<Future<?>> sell(int count) {
    int from = sold;
    sold += count;
    return shop()
        .client()
        .post(
            new EventClient.Plan(count, BATCH, PER_SECOND),
            (i, out) -> shop().sales().sale(from + i).json(out));
  }

  private boolean isPaired() throws InterruptedException {
    return active() != null && stateOf(other(active())).equals("following");
  }

  private @Nullable Member active() throws InterruptedException {
    for (Member updater : shop().updaters()) {
      if (stateOf(updater).equals("active")) {
        return updater;
      }
    }
    return null;
  }

  private Member other(@Nullable Member updater) {
    return shop().updaters().stream().filter(u -> !u.equals(updater)).findFirst().orElseThrow();
  }

  private String stateOf(Member updater) throws InterruptedException {
    return shop().progress(updater).path("state").asText();
  }

  private long killActive(Run run) throws Exception {
    Member victim = begun(active());
    run.tell("kill -9 " + victim.name());
    victim.kill();
    long took = untilPublished(run, other(victim));
    victim.start();
    return took;
  }

  private long freezeActive(Run run) throws Exception {
    Member victim = begun(active());
    run.tell("freeze " + victim.name());
    victim.freeze();
    try {
      return untilPublished(run, other(victim));
    } finally {
      victim.thaw();
    }
  }

  /** Milliseconds until a reader sees an epoch that the one which took over has published. */
  private long untilPublished(Run run, Member next) throws Exception {
    long began = System.nanoTime();
    run.await(next.name() + " takes over", PATIENCE, () -> stateOf(next).equals("active"));
    long before = pages().epoch();
    sell(SALES_AFTER);
    run.await("a newer page", PATIENCE, () -> pages().epoch() > before);
    return Duration.ofNanos(System.nanoTime() - began).toMillis();
  }

  @Override
  public void recovery(Run run) throws Exception {
    run.await(
        "every sale is acknowledged",
        PATIENCE,
        () -> shop().client().acknowledged() == shop().events());
    new Settled(run, shop()).catchUp();
    pages().close();
  }

  @Override
  public void afterwards(Run run) throws Exception {
    run.check(
        "a reader always got a whole page, and never an older one than before",
        pages().isClean(),
        pages().findings());
    Settled settled = new Settled(run, shop());
    settled.checkCounts();
    settled.checkListings();
    settled.checkVerify();
  }

  private OpenShop shop() {
    return begun(open);
  }

  private PageWatch pages() {
    return begun(watch);
  }

  private static <T> T begun(@Nullable T phase) {
    if (phase == null) {
      throw new IllegalStateException("the phase before was not run");
    }
    return phase;
  }
}
