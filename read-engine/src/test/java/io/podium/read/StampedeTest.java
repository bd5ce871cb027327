package io.podium.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Very many readers of one page that no tier of the engine holds, over real connections. */
class StampedeTest {
  private static final int CONNECTIONS = 125;
  private static final int EACH = 80;
  private static final ListingKey COLD =
      new ListingKey("best", Slice.of(Map.of("category", "food & drink")));
  private static final String TARGET = "/v1/rankings/best?category=food%20%26%20drink&size=20";

  /** Nobody is cut for waiting as long as the store stands still. */
  private static final EngineConfig.Limits LIMITS =
      new EngineConfig.Limits(
          64, 0, 400, 0, 20, 0, Duration.ofMinutes(3), Duration.ofMinutes(3), 4_096, 8_192);

  private final Path dir;
  private final Vertx vertx = Vertx.vertx();

  /** A field: with its client out of reach, a connection is closed. */
  private final HttpClientAgent client =
      vertx.createHttpClient(
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false));

  private Shop shop;
  private Engine engine;

  StampedeTest(@TempDir Path dir) {
    this.dir = dir;
  }

  @BeforeEach
  void open() {
    shop = new Shop(dir);
    shop.boards(Shop.board(Duration.ofMinutes(10)));
    shop.publishToMongo(COLD, 1000, Shop.entries(1, 20));
    engine = Engines.start(shop.patientStores(), Engines.config(dir, LIMITS));
    new Http(engine.port()).until("/v1/boards", a -> a.statusCode() == 200);
    // What is loaded before the place in the announcements is known is loaded once more.
    new Http(engine.adminPort())
        .until("/metrics", a -> Http.text(a).contains("podium_read_in_touch 1"));
  }

  @AfterEach
  void close() {
    await(vertx.close());
    engine.close();
    shop.close();
  }

  /** The store stands still until the engine has received every request. */
  @Test
  void tenThousandConcurrentMissesOfOnePageCostTheStoreOneLoad() {
    List<HttpClientConnection> connections = connect();
    long finds = shop.mongo.finds("listings");
    double loads = loads();
    shop.mongo.freeze();
    List<Future<Buffer>> answers = new ArrayList<>();
    try {
      for (HttpClientConnection connection : connections) {
        IntStream.range(0, EACH).forEach(i -> answers.add(get(connection, TARGET)));
      }
      // Each connection's requests are taken up in turn: behind them, this one is answered last.
      connections.stream().map(c -> get(c, "/v1/boards")).toList().forEach(StampedeTest::await);
      assertThat(answers).hasSize(10_000).noneMatch(Future::isComplete);
    } finally {
      shop.mongo.thaw();
    }
    Buffer first = await(answers.get(0));
    // At once: every few seconds the engine asks for the epochs of what it holds.
    assertThat(shop.mongo.finds("listings") - finds).isEqualTo(1);
    assertThat(first.toJsonObject().getJsonArray("items")).hasSize(20);
    answers.forEach(answer -> assertThat(await(answer)).isEqualTo(first));
    assertThat(loads() - loads).isEqualTo(1);
  }

  private double loads() {
    return Http.text(new Http(engine.adminPort()).get("/metrics"))
        .lines()
        .filter(line -> line.startsWith("podium_read_loads_total "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  private List<HttpClientConnection> connect() {
    HttpConnectOptions engineAddress =
        new HttpConnectOptions().setHost("127.0.0.1").setPort(engine.port());
    return IntStream.range(0, CONNECTIONS)
        .mapToObj(i -> client.connect(engineAddress))
        .toList()
        .stream()
        .map(StampedeTest::await)
        .toList();
  }

  private static Future<Buffer> get(HttpClientConnection connection, String target) {
    return connection
        .request(new RequestOptions().setURI(target))
        .compose(request -> request.send())
        .expecting(answer -> answer.statusCode() == 200)
        .compose(answer -> answer.body());
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
