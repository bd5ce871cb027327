package io.podium.chaos.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.chaos.check.Chart;
import io.podium.chaos.check.Scan;
import io.podium.chaos.check.Scan.Ranking;
import io.podium.chaos.harness.Member;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What must hold when everything has been told, and every process runs: it equals the scan. */
final class Settled {
  private static final Duration CATCH_UP = Duration.ofMinutes(3);
  private static final Duration PUBLISH = Duration.ofMinutes(1);

  private final Run run;
  private final OpenShop shop;

  Settled(Run run, OpenShop shop) {
    this.run = run;
    this.shop = shop;
  }

  /** Waits until both updaters have read all there is. */
  void catchUp() throws Exception {
    for (Member updater : shop.updaters()) {
      run.await(
          updater.name() + " caught up; last words: " + updater.lastOutput(),
          CATCH_UP,
          () -> {
            JsonNode p = shop.progress(updater);
            String state = p.path("state").asText();
            return (state.equals("active") || state.equals("following"))
                && p.at("/lag/known").asBoolean()
                && p.at("/lag/entries").asLong() == 0;
          });
    }
  }

  /** Every event once, whatever was sent again; and both updaters say the same. */
  void checkCounts() throws InterruptedException {
    for (Member updater : shop.updaters()) {
      JsonNode c = shop.progress(updater).path("counts");
      // A cancellation whose order has not come counts as applied; what waits has its turn.
      long once = c.path("applied").asLong() + c.path("waiting").asLong();
      boolean rest =
          c.path("conflict").asLong() == 0
              && c.path("late").asLong() == 0
              && c.path("ignored").asLong() == 0
              && c.path("rejected").asLong() >= shop.toBeRejected()
              && (shop.toBeRejected() > 0 || c.path("rejected").asLong() == 0);
      long sum =
          once
              + c.path("duplicate").asLong()
              + c.path("late").asLong()
              + c.path("ignored").asLong()
              + c.path("rejected").asLong();
      run.check(
          Promise.COUNTED_ONCE,
          updater.name() + " counted each of " + shop.events() + " good events once",
          once == shop.events() && rest && sum == c.path("received").asLong(),
          c.toString());
    }
  }

  /** Every listing that a reader gets has the hash of the scan's, and its entries. */
  void checkListings() throws Exception {
    Scan scan = new Scan(shop.sales());
    int compared = 0;
    List<String> differ = new ArrayList<>();
    long until = System.nanoTime() + PUBLISH.toNanos();
    for (String engine : shop.stack().engineUrls()) {
      for (Chart chart : shop.charts()) {
        for (Ranking expected : scan.rankings(chart).values()) {
          compared++;
          String url = engine + url(chart, expected.slice());
          Duration left = Duration.ofNanos(until - System.nanoTime());
          if (!run.comes(left, () -> difference(expected, url).isEmpty())) {
            differ.add(
                chart.name()
                    + " "
                    + expected.slice()
                    + " at "
                    + engine
                    + ": "
                    + difference(expected, url));
          }
        }
      }
    }
    run.check(
        Promise.COUNTED_ONCE,
        "every listing that is served has the entries, the scores and the hash of a plain scan",
        differ.isEmpty() && compared > 0,
        compared + " listings compared as of " + scan.streamTime() + ", different: " + differ);
  }

  /** What differs first; empty when nothing does. A page of this size is the whole listing. */
  private String difference(Ranking expected, String url) throws InterruptedException {
    JsonNode page = shop.api().json(url);
    if (page == null || !page.hasNonNull("asOf")) {
      return "no listing";
    }
    JsonNode items = page.path("items");
    if (items.size() != expected.total() || page.path("total").asInt() != expected.total()) {
      return items.size() + " entries of " + page.path("total") + ", not " + expected.total();
    }
    for (int rank = 1; rank <= expected.total(); rank++) {
      JsonNode item = items.get(rank - 1);
      if (item.path("rank").asInt() != rank
          || !item.path("productId").asText().equals(expected.id(rank))
          || item.path("score").asDouble() != expected.score(rank)) {
        return "rank %d is %s with %s, not %s with %s"
            .formatted(
                rank,
                item.path("productId").asText(),
                item.path("score"),
                expected.id(rank),
                expected.score(rank));
      }
    }
    String hash = expected.hash(Instant.parse(page.path("asOf").asText()));
    return page.path("hash").asText().equals(hash) ? "" : "hash " + page.path("hash").asText();
  }

  /** The query parameter is the last part of a dimension's name. */
  private String url(Chart chart, String slice) throws IOException {
    StringBuilder url = new StringBuilder("/v1/rankings/").append(chart.name()).append("?size=100");
    for (Map.Entry<String, JsonNode> e : new ObjectMapper().readTree(slice).properties()) {
      String parameter = e.getKey().substring(e.getKey().lastIndexOf('.') + 1);
      String value = URLEncoder.encode(e.getValue().asText(), StandardCharsets.UTF_8);
      url.append('&').append(parameter).append('=').append(value);
    }
    return url.toString();
  }

  /** {@code podium verify} over both archives: contents, and the chain of every listing. */
  void checkVerify() throws Exception {
    Verify verify = Verify.run(shop.stack());
    run.check(
        Promise.COUNTED_ONCE,
        "podium verify finds nothing, and the chain of published hashes unbroken",
        verify.status() == 0,
        verify.lastLine());
  }
}
