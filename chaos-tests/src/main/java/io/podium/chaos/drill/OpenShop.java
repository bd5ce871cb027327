package io.podium.chaos.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.chaos.check.Chart;
import io.podium.chaos.check.Sales;
import io.podium.chaos.harness.Api;
import io.podium.chaos.harness.EventClient;
import io.podium.chaos.harness.Member;
import io.podium.chaos.harness.Stack;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;

/** A steady state to start from: all processes, boards with a page, and a shop that can sell. */
record OpenShop(Stack stack, Api api, Sales sales, List<Chart> charts, EventClient client) {
  private static final Duration START = Duration.ofSeconds(90);
  private static final int CARDS_A_POST = 200;

  /** Starts everything, tells the cards of all products, and waits for the first page. */
  static OpenShop open(Run run, Sales sales, List<Chart> charts) throws Exception {
    Map<String, Object> boards = new LinkedHashMap<>();
    for (Chart chart : charts) {
      boards.put(chart.name(), new ObjectMapper().readValue(chart.definition(), Object.class));
    }
    Stack stack = run.keep(Stack.start(run.dir().resolve("stack"), boards));
    EventClient client = run.keep(new EventClient(stack.updaterUrls()));
    OpenShop shop = new OpenShop(stack, new Api(), sales, charts, client);
    for (Member updater : shop.updaters()) {
      run.await(updater.name() + " answers", START, () -> shop.answers(updater));
    }
    var cards = new EventClient.Plan(sales.products(), CARDS_A_POST, Integer.MAX_VALUE);
    finish(client.post(cards, sales::cardJson));
    run.await("a page of " + charts.get(0).name(), START, () -> shop.api().isUp(shop.page()));
    return shop;
  }

  /** Starts to tell all sales; {@link #finish} waits for the last 202. */
  List<Future<?>> sell(int batch, int perSecond) {
    return client.post(
        new EventClient.Plan(sales.count(), batch, perSecond), (i, out) -> sales.sale(i).json(out));
  }

  static void finish(List<Future<?>> posting) throws Exception {
    for (Future<?> done : posting) {
      done.get();
    }
  }

  /** Different events told, cards and sales. */
  long events() {
    return (long) sales.products() + sales.count();
  }

  /** The first board's page of the whole shop. */
  String page() {
    return stack.engineUrl() + "/v1/rankings/" + charts.get(0).name() + "?size=10";
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
}
