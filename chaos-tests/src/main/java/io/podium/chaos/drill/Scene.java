package io.podium.chaos.drill;

import io.podium.chaos.check.History;
import io.podium.chaos.check.Reads;
import io.podium.chaos.check.Sales;
import io.podium.chaos.check.Timeline;
import io.podium.chaos.harness.Gauges;
import io.podium.chaos.harness.Readers;
import io.podium.chaos.harness.Stack;
import io.podium.chaos.harness.Walker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A shop in which people buy and read while a drill is played, and what they saw. Used by the
 * drill's thread.
 */
final class Scene implements AutoCloseable {
  private static final Duration FRESH = Duration.ofMinutes(2);
  private static final int READS_PER_SECOND = 60;

  private static final Duration STEADY_WITHIN = Duration.ofSeconds(15);
  private static final long WINDOW = Duration.ofSeconds(2).toNanos();
  private static final double ALIKE = 2;
  private static final double ALWAYS_ALIKE_MS = 10;

  private final Run run;
  private final OpenShop shop;
  private final History history = new History();
  private final Readers readers;
  private final Walker walker;
  private final Gauges gauges;
  private final boolean isFirst;
  private long told;

  private Scene(Run run, OpenShop shop) {
    this.run = run;
    this.shop = shop;
    this.isFirst = shop.isNew();
    Stack stack = shop.stack();
    this.readers =
        new Readers(
            stack.engineUrls(),
            shop.urls(),
            run.isLong() ? 2 * READS_PER_SECOND : READS_PER_SECOND,
            history,
            run.random());
    String listing = "/v1/rankings/" + shop.charts().get(0).name();
    this.walker = new Walker(shop.api(), stack.engineUrls().get(0), listing, history);
    this.gauges = new Gauges(shop.metrics(), stack.adminUrls(), history);
  }

  /** People come. */
  static Scene begin(Run run, Setting setting, @Nullable Sales sales) throws Exception {
    Stage stage = run.stage();
    OpenShop open = sales == null ? stage.shop(run, setting) : stage.open(run, setting, sales);
    Scene scene = new Scene(run, open);
    run.keep(scene);
    run.history(scene.history);
    scene.shop.client().hear(scene.history::acknowledged);
    if (open.isLive()) {
      open.startSelling();
    }
    scene.gauges.start();
    scene.readers.start();
    scene.walker.start();
    return scene;
  }

  /** Lets it go on for so long. */
  void hold(Duration time) throws Exception {
    long until = history.now() + time.toNanos();
    run.comes(
        time.plusSeconds(60),
        () -> {
          tellNow();
          return history.now() >= until;
        });
  }

  /**
   * Waits, not for ever, until two windows in a row are alike: nothing is left of what was before.
   */
  void awaitSteady() throws Exception {
    long until = history.now() + STEADY_WITHIN.toNanos();
    while (!isSteady() && history.now() < until) {
      hold(Duration.ofSeconds(1));
    }
  }

  private boolean isSteady() {
    double before = p99(2 * WINDOW, WINDOW);
    double last = p99(WINDOW, 0);
    return Math.max(before, last) <= Math.max(ALIKE * Math.min(before, last), ALWAYS_ALIKE_MS);
  }

  /** Of the reads that were due between these distances from now. */
  private double p99(long from, long to) {
    long now = history.now();
    double[] millis =
        history.answers().stream()
            .filter(a -> a.dueNanos() >= now - from && a.dueNanos() < now - to)
            .mapToDouble(a -> a.latencyNanos() / 1e6)
            .toArray();
    return Timeline.percentile(millis, 99);
  }

  /** Every two seconds what it is like. */
  private void tellNow() {
    if (!run.isLong() || history.now() - told < 2_000_000_000L) {
      return;
    }
    told = history.now();
    List<Timeline.Point> points = Timeline.of(history);
    if (points.size() > 1) {
      Timeline.Point p = points.get(points.size() - 2);
      run.tell(
          String.format(
              Locale.ROOT,
              "%4d reads/s, %d failed, p99 %.1f ms, from %s; %d events/s; breakers %s",
              p.answered(),
              p.failed(),
              p.p99Millis(),
              p.tiers(),
              p.sold(),
              p.open()));
    }
  }

  /** Waits until each engine serves what happened after this call, for every board. */
  Duration awaitFresh() throws Exception {
    long from = System.nanoTime();
    long moment = System.currentTimeMillis();
    for (String engine : shop.stack().engineUrls()) {
      for (int board = 0; board < shop.charts().size(); board++) {
        String url = shop.urls().get(board);
        run.await(
            "a page newer than this moment at " + engine + url,
            FRESH,
            () -> isNewer(engine + url, moment));
      }
    }
    return Duration.ofNanos(System.nanoTime() - from);
  }

  private boolean isNewer(String url, long moment) throws InterruptedException {
    var page = shop.api().json(url);
    // A slice whose listing is nowhere to be found has none.
    return page != null
        && page.hasNonNull("asOf")
        && Instant.parse(page.path("asOf").asText()).toEpochMilli() > moment;
  }

  /** No more sales and reads; what is on the way arrives. */
  void settle() throws Exception {
    shop.stopSelling();
    close();
    new Settled(run, shop).catchUp();
  }

  /** Whether this shop has seen nobody before: its processes are to warm up. */
  boolean isFirst() {
    return isFirst;
  }

  OpenShop shop() {
    return shop;
  }

  Stack stack() {
    return shop.stack();
  }

  History history() {
    return history;
  }

  Readers readers() {
    return readers;
  }

  Reads reads() {
    return new Reads(history.answers());
  }

  /** Of the first engine's metric, all samples whose labels contain the text. */
  double metric(String name, String labels) throws InterruptedException {
    return shop.metrics().sum(stack().adminUrls().get(0), name, labels);
  }

  @Override
  public void close() {
    readers.close();
    walker.close();
    gauges.close();
  }
}
