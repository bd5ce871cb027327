package io.podium.ranking.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.MemoryEventLog;
import io.podium.ranking.stream.StreamEntry;
import io.podium.ranking.stream.StreamName;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IngestionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SINGLE = "application/cloudevents+json";
  private static final String BATCH = "application/cloudevents-batch+json";
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  private static final String VIEW =
      """
      {"specversion":"1.0","id":"v1","source":"/s","type":"product.viewed",
       "time":"2026-11-22T08:00:00Z","data":{"productId":"상품-1"}}""";

  private final Vertx vertx = Vertx.vertx();
  private final MemoryEventLog log = new MemoryEventLog(NOW::toEpochMilli, 100);
  private final HttpClient client = HttpClient.newHttpClient();
  private int port;

  @BeforeEach
  void listen() throws Exception {
    port = listen(0);
  }

  private int listen(long rateLimit) throws Exception {
    Ingestion ingestion =
        new Ingestion(
            vertx,
            log,
            new ApiKeys(Map.of("shop", "one", "erp", "two")),
            rateLimit,
            () -> CompletableFuture.completedFuture(new JsonObject().put("updater", "a")),
            Clock.fixed(NOW, ZoneOffset.UTC));
    return ingestion
        .listen("127.0.0.1", 0)
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS)
        .actualPort();
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(Duration.ofSeconds(10));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String type, String body) throws Exception {
    return send(
        request("/v1/events")
            .header("Authorization", "Bearer one")
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private List<StreamEntry> stored(StreamName stream) throws Exception {
    return log.read(stream, EntryId.START, 1000, Duration.ZERO)
        .toCompletableFuture()
        .get(1, TimeUnit.SECONDS);
  }

  private static void assertProblem(HttpResponse<String> answer, int status) throws Exception {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(JSON.readTree(answer.body()).path("status").asInt()).isEqualTo(status);
  }

  @Test
  void aSingleEventIsStoredOnOneLineAndAcknowledged() throws Exception {
    HttpResponse<String> answer = post(SINGLE, VIEW);
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(JSON.readTree(answer.body()).path("accepted").asInt()).isEqualTo(1);
    String kept = stored(StreamName.EVENTS).get(0).text();
    assertThat(kept).doesNotContain("\n").contains("상품-1");
    assertThat(JSON.readTree(kept)).isEqualTo(JSON.readTree(VIEW));
  }

  @Test
  void aBatchIsSortedIntoItsStreams() throws Exception {
    String card =
        """
        {"specversion":"1.0","id":"c","source":"/s","type":"product.upserted",\
        "time":"2026-11-22T08:00:00Z","data":{"productId":"P","card":{}}}""";
    HttpResponse<String> answer = post(BATCH, "[" + VIEW + "," + card + "]");
    assertThat(JSON.readTree(answer.body()).path("accepted").asInt()).isEqualTo(2);
    assertThat(stored(StreamName.EVENTS)).hasSize(1);
    assertThat(stored(StreamName.PRODUCTS)).hasSize(1);
  }

  @Test
  void binaryModePutsTheHeadersBesideTheData() throws Exception {
    HttpResponse<String> answer =
        send(
            request("/v1/events")
                .header("Authorization", "Bearer two")
                .header("Content-Type", "application/json; charset=UTF-8")
                .header("ce-specversion", "1.0")
                .header("ce-id", "v%E2%82%AC")
                .header("ce-source", "/s")
                .header("ce-type", "product.viewed")
                .POST(HttpRequest.BodyPublishers.ofString("{\"productId\":\"P1\"}")));
    assertThat(answer.statusCode()).isEqualTo(202);
    JsonNode kept = JSON.readTree(stored(StreamName.EVENTS).get(0).text());
    assertThat(kept.path("id").asText()).isEqualTo("v€");
    assertThat(kept.path("data").path("productId").asText()).isEqualTo("P1");
    assertThat(kept.path("time").asText()).isEqualTo(NOW.toString());
  }

  @Test
  void binaryDataCannotAddAttributes() throws Exception {
    HttpResponse<String> answer =
        send(
            request("/v1/events")
                .header("Authorization", "Bearer two")
                .header("Content-Type", "application/json")
                .header("ce-specversion", "1.0")
                .header("ce-id", "v")
                .header("ce-source", "/s")
                .header("ce-type", "product.viewed")
                .POST(HttpRequest.BodyPublishers.ofString("{},\"time\":\"2020-01-01T00:00:00Z\"")));
    assertProblem(answer, 400);
  }

  @Test
  void oneBadEventRefusesTheWholeRequestWithItsIndex() throws Exception {
    String bad = VIEW.replace("\"id\":\"v1\",", "");
    HttpResponse<String> answer = post(BATCH, "[" + VIEW + "," + bad + "]");
    assertProblem(answer, 400);
    JsonNode errors = JSON.readTree(answer.body()).path("errors");
    assertThat(errors).hasSize(1);
    assertThat(errors.path(0).path("index").asInt()).isEqualTo(1);
    assertThat(errors.path(0).path("reason").asText()).isEqualTo("id");
    assertThat(stored(StreamName.EVENTS)).isEmpty();
  }

  @Test
  void whatIsNotJsonIsRefused() throws Exception {
    assertProblem(post(SINGLE, "not json"), 400);
    assertProblem(post(BATCH, VIEW), 400);
    assertProblem(post(SINGLE, ""), 400);
  }

  @Test
  void anEmptyBatchIsAccepted() throws Exception {
    HttpResponse<String> answer = post(BATCH, "[]");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(JSON.readTree(answer.body()).path("accepted").asInt(-1)).isZero();
  }

  @Test
  void withoutAKeyOrWithAnotherItIs401() throws Exception {
    HttpRequest.Builder post =
        request("/v1/events")
            .header("Content-Type", SINGLE)
            .POST(HttpRequest.BodyPublishers.ofString(VIEW));
    HttpResponse<String> answer = send(post);
    assertProblem(answer, 401);
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
    assertProblem(send(post.copy().header("Authorization", "Bearer wrong")), 401);
    assertProblem(send(post.copy().header("Authorization", "Basic one")), 401);
  }

  @Test
  void anotherMediaTypeIs400() throws Exception {
    assertProblem(post("text/plain", VIEW), 400);
    assertProblem(post("application/json", VIEW), 400);
    assertProblem(post(SINGLE + "; charset=iso-8859-1", VIEW), 400);
  }

  @Test
  void anotherMethodIs405AndSaysWhichIsAllowed() throws Exception {
    HttpResponse<String> answer = send(request("/v1/events").GET());
    assertProblem(answer, 405);
    assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
    assertProblem(send(request("/v1/progress").DELETE()), 405);
    assertProblem(send(request("/v1/else").GET()), 404);
  }

  @Test
  void aBodyBeyondFourMebibytesIs400() throws Exception {
    HttpResponse<String> answer = post(BATCH, "[" + " ".repeat(EventPost.MAX_BODY_BYTES) + "]");
    assertProblem(answer, 400);
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(answer.headers().map()).as("RFC 9113, 8.2.2").doesNotContainKey("connection");
  }

  @Test
  void aLargeBodyIsReadBesideTheEventLoop() throws Exception {
    String padded = VIEW.replace("상품-1", "P".repeat(150));
    StringBuilder batch = new StringBuilder("[");
    for (int i = 0; i < 90; i++) {
      batch
          .append(i == 0 ? "" : ",")
          .append(padded.replace("v1", "v" + i))
          .append(" ".repeat(2000));
    }
    assertThat(post(BATCH, batch.append(']').toString()).statusCode()).isEqualTo(202);
    assertThat(stored(StreamName.EVENTS)).hasSize(90);
  }

  @Test
  void whileTheLogIsAwayItIs503WithRetryAfter() throws Exception {
    log.away(true);
    HttpResponse<String> answer = post(SINGLE, VIEW);
    assertProblem(answer, 503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    log.away(false);
    assertThat(post(SINGLE, VIEW).statusCode()).isEqualTo(202);
  }

  @Test
  void aFullStreamIs503AndKeepsNothingOfTheRequest() throws Exception {
    StringBuilder batch = new StringBuilder("[");
    for (int i = 0; i < 101; i++) {
      batch.append(i == 0 ? "" : ",").append(VIEW.replace("v1", "v" + i));
    }
    assertProblem(post(BATCH, batch.append(']').toString()), 503);
    assertThat(stored(StreamName.EVENTS)).isEmpty();
  }

  @Test
  void beyondItsRateAKeyWaitsAndAnotherDoesNot() throws Exception {
    port = listen(1);
    assertThat(post(BATCH, "[" + VIEW + "," + VIEW + "," + VIEW + "]").statusCode()).isEqualTo(202);
    HttpResponse<String> answer = post(SINGLE, VIEW);
    assertProblem(answer, 429);
    assertThat(Integer.parseInt(answer.headers().firstValue("Retry-After").orElse("0")))
        .isBetween(1, 3);
    HttpResponse<String> other =
        send(
            request("/v1/events")
                .header("Authorization", "Bearer two")
                .header("Content-Type", SINGLE)
                .POST(HttpRequest.BodyPublishers.ofString(VIEW)));
    assertThat(other.statusCode()).isEqualTo(202);
  }

  @Test
  void progressNeedsNoKey() throws Exception {
    assertThat(JSON.readTree(send(request("/v1/progress").GET()).body()).path("updater").asText())
        .isEqualTo("a");
  }
}
