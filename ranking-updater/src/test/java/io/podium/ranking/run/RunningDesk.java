package io.podium.ranking.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.podium.store.redis.RedisListingStore;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real updater with its stores, and two merchandisers at its admin port. */
final class RunningDesk implements AutoCloseable {
  /** With tokens {@code one} and {@code two}. */
  private static final String[] MERCHANDISERS = {
    "updater.adminTokens.merch-1=one", "updater.adminTokens.merch-2=two", "updater.mongoEvery=PT0S"
  };

  /** One with a guard and slices, and its shadow. */
  static final String BOARDS =
      """
        best:
          score: units
          window: PT24H
          publishEvery: PT0.1S
          slices: [[], [category]]
          guard: { lose: 0.5, top: 3, change: 1 }
        next:
          score: orders
          window: PT24H
          publishEvery: PT0.1S
          slices: [[]]
          shadow: true
      """;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ListingKey KEY = new ListingKey("best", Slice.WHOLE_SHOP);

  final Backends stores;
  final UpdaterProcess updater;
  private final HttpClient client = HttpClient.newHttpClient();

  RunningDesk(Path dir) throws Exception {
    stores = new Backends(dir.resolve("stores"));
    updater = new UpdaterProcess(dir, "a", stores, BOARDS, MERCHANDISERS);
  }

  /** P1 to P4 are sold, in this order. */
  void sell() {
    updater.postUntilAccepted(
        "["
            + String.join(
                ",",
                Shop.card(
                    "c1", "P1", "{\"name\":\"크림\",\"brand\":\"Ours\",\"category\":\"beauty\"}"),
                Shop.order("o1", "P1", 50),
                Shop.order("o2", "P2", 40),
                Shop.order("o3", "P3", 30),
                Shop.order("o4", "P4", 20))
            + "]");
    Eventually.get("ranked", this::displayed, List.of("P1", "P2", "P3", "P4")::equals);
  }

  HttpResponse<String> call(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + updater.adminPort + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> as(String token, String method, String path, String body) throws Exception {
    return call(method, path, body, "Authorization", "Bearer " + token);
  }

  JsonNode get(String path) throws Exception {
    HttpResponse<String> answer = as("one", "GET", path, "");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  Listing published() {
    RedisListingStore store = new RedisListingStore(stores.cacheLink());
    return Eventually.get(
            "an answer",
            () -> store.find(KEY).toCompletableFuture().get(5, TimeUnit.SECONDS),
            Optional::isPresent)
        .orElseThrow();
  }

  List<String> displayed() {
    return published().entries().stream().map(e -> e.productId()).toList();
  }

  @Override
  public void close() {
    updater.close();
    stores.close();
  }
}
