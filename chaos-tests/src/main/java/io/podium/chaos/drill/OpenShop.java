package io.podium.chaos.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.chaos.check.Chart;
import io.podium.chaos.check.Sales;
import io.podium.chaos.harness.Api;
import io.podium.chaos.harness.Closing;
import io.podium.chaos.harness.EventClient;
import io.podium.chaos.harness.Member;
import io.podium.chaos.harness.Metrics;
import io.podium.chaos.harness.Posting;
import io.podium.chaos.harness.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All processes, boards with a page, and a shop that can sell. Used by the drill's thread. */
final class OpenShop implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final int CARDS_A_POST = 200;

  /** Sold before anybody looks, so that every slice has entries. */
  private static final int FIRST_SALES = 1_500;

  private static final int LIVE_PER_SECOND = 200;

  private final Stack stack;
  private final Setting setting;
  private final EventClient client;
  private final Api api = new Api();
  private final Metrics metrics = new Metrics();
  private final boolean isLive;
  private Sales sales;
  private @Nullable Posting selling;
  private long rejected;
  private boolean isNew = true;

  private OpenShop(Stack stack, Setting setting, Sales sales, boolean isLive) {
    this.stack = stack;
    this.setting = setting;
    this.sales = sales;
    this.isLive = isLive;
    this.client = new EventClient(stack.updaterUrls());
  }

  /**
   * Launches everything; {@link #awaitServing} comes next.
   *
   * @param sales null: as they happen
   */
  static OpenShop start(Run run, Path dir, Setting setting, @Nullable Sales sales)
      throws Exception {
    Map<String, Object> boards = new LinkedHashMap<>(setting.boards());
    for (Chart chart : setting.charts()) {
      boards.put(chart.name(), new ObjectMapper().readValue(chart.definition(), Object.class));
    }
    long seed = run.random().nextLong();
    Stack stack = Stack.start(dir, setting.layout(), boards, seed);
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    Sales told = sales == null ? Sales.live(seed, setting.products(), LIVE_PER_SECOND, now) : sales;
    return new OpenShop(stack, setting, told, sales == null);
  }

  /** Tells the cards of all products, in a live shop the first sales, and waits for the pages. */
  void awaitServing(Run run) throws Exception {
    for (Member updater : updaters()) {
      run.await(updater.name() + " answers", START, () -> answers(updater));
    }
    var cards = new EventClient.Plan(sales.products(), CARDS_A_POST, Integer.MAX_VALUE);
    client.post(cards, sales::cardJson).finish();
    if (isLive) {
      sell(FIRST_SALES, CARDS_A_POST, Integer.MAX_VALUE).finish();
    }
    for (String engine : stack.engineUrls()) {
      for (String url : urls()) {
        run.await("a page at " + engine + url, START, () -> isServed(engine + url));
      }
    }
  }

  /**
   * A known slice without a listing has a page as well, an empty one: in a live shop that is none.
   */
  boolean isServed(String url) throws InterruptedException {
    JsonNode page = api.json(url);
    return page != null && (!isLive || !page.path("items").isEmpty());
  }

  /** Starts to tell the next so many sales. */
  Posting sell(int count, int batch, int perSecond) {
    int first = isLive ? sales.count() : 0;
    if (isLive) {
      // Of the moments just before now, so that what is sold next is newer.
      Duration span = Duration.ofMillis(count * 1_000L / LIVE_PER_SECOND);
      sales = sales.resumed(Instant.now().minus(span)).told(first + count);
    }
    Sales from = sales;
    return client.post(
        new EventClient.Plan(count, batch, perSecond), (i, out) -> from.sale(first + i).json(out));
  }

  /** Sells on, as it happens, until {@link #stopSelling}. */
  void startSelling() {
    sales = sales.resumed(Instant.now());
    Sales from = sales;
    int first = from.count();
    var plan =
        new EventClient.Plan(Integer.MAX_VALUE - first, LIVE_PER_SECOND / 10, LIVE_PER_SECOND);
    selling = client.post(plan, (i, out) -> from.sale(first + i).json(out));
  }

  /** Starts to tell all sales of the past; they are {@link #sell}'s when the shop is live. */
  void startTelling(int perSecond) {
    selling = sell(sales.count(), Math.max(20, perSecond / 20), perSecond);
  }

  /** Waits until everything was told. */
  void finishTelling() throws Exception {
    if (selling != null) {
      selling.finish();
      selling = null;
    }
  }

  /** Whether nobody has asked this before. */
  boolean isNew() {
    boolean was = isNew;
    isNew = false;
    return was;
  }

  boolean isLive() {
    return isLive;
  }

  /** Waits until all that was sold is acknowledged. */
  void stopSelling() throws Exception {
    Posting running = selling;
    selling = null;
    if (running != null && isLive) {
      int more = running.stop();
      sales = sales.told(sales.count() + more);
      running.finish();
    }
  }

  /** So many events were acknowledged that must end as rejected. */
  void sentToBeRejected(long events) {
    rejected += events;
  }

  long toBeRejected() {
    return rejected;
  }

  /** Different good events told, cards and sales. */
  long events() {
    return (long) sales.products() + sales.count();
  }

  /** What was told so far; of the past: what will have been told. */
  Sales sales() {
    return sales;
  }

  Stack stack() {
    return stack;
  }

  Setting setting() {
    return setting;
  }

  Api api() {
    return api;
  }

  Metrics metrics() {
    return metrics;
  }

  EventClient client() {
    return client;
  }

  List<Chart> charts() {
    return setting.charts();
  }

  /**
   * Pages that readers read, without the engine: of the whole shop first, then of its slices, which
   * are there when something was sold in them.
   */
  List<String> urls() {
    List<String> urls = new ArrayList<>();
    for (Chart chart : charts()) {
      urls.add("/v1/rankings/" + chart.name() + "?size=20");
    }
    for (Chart chart : isLive ? charts() : List.<Chart>of()) {
      String page = "/v1/rankings/" + chart.name() + "?size=20&";
      Sales.AGES.forEach(age -> urls.add(page + "ageGroup=" + age));
      for (int kind = 0; kind < Sales.KINDS; kind++) {
        urls.add(page + "category=c" + kind);
      }
    }
    return urls;
  }

  /** The first board's page of the whole shop at the first engine. */
  String page() {
    return stack.engineUrls().get(0) + urls().get(0);
  }

  List<Member> updaters() {
    return List.of(stack.member("updater-a"), stack.member("updater-b"));
  }

  boolean answers(Member updater) {
    try {
      return updater.isAlive() && api.isUp(progressOf(updater));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What {@code GET /v1/progress} of it tells; a missing node when it does not answer. */
  JsonNode progress(Member updater) throws InterruptedException {
    JsonNode progress = api.json(progressOf(updater));
    return progress == null ? new ObjectMapper().missingNode() : progress;
  }

  private String progressOf(Member updater) {
    return stack.updaterUrls().get(updaters().indexOf(updater)) + "/v1/progress";
  }

  @Override
  public void close() {
    Closing.all(List.of(client, stack));
  }
}
