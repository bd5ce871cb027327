package io.podium.bench.peak;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real load generator, in its own process, against a small server. */
class LoadProcessTest {
  @TempDir private Path dir;

  private final Vertx vertx = Vertx.vertx();
  private final LongAdder strangers = new LongAdder();
  private final Set<HttpConnection> theirs = ConcurrentHashMap.newKeySet();
  private final LongAdder compressed = new LongAdder();
  private final LongAdder walked = new LongAdder();
  private HttpServer server = vertx.createHttpServer();

  @BeforeEach
  void listen() {
    server =
        vertx
            .createHttpServer()
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  private void answer(HttpServerRequest request) {
    compressed.add("gzip".equals(request.getHeader("Accept-Encoding")) ? 1 : 0);
    walked.add(request.uri().contains("cursor=") ? 1 : 0);
    if ("localhost".equals(request.authority().host())) {
      strangers.increment();
      theirs.add(request.connection());
    }
    HttpServerResponse response = request.response();
    if (request.uri().startsWith("/full")) {
      response.putHeader("retry-after", "1").setStatusCode(503);
    } else if (request.uri().startsWith("/broken")) {
      response.setStatusCode(500);
    } else if (request.getHeader("If-None-Match") != null) {
      response.setStatusCode(304);
    } else {
      response.putHeader("etag", "\"a\"").putHeader("link", "</next?cursor=1>; rel=\"next\"");
    }
    var unused = response.end();
  }

  @Test
  void everyRequest_isCountedInItsSecondAndByItsAnswer() throws IOException {
    AtomicInteger started = new AtomicInteger();
    List<Second> seconds;
    try (LoadProcess load =
        new LoadProcess(dir, server.actualPort(), List.of("/page", "/broken", "-/full"))) {
      seconds =
          load.run(
              List.of(new Step("day", 100, 2), new Step("spike", 400, 2)),
              started::incrementAndGet);
      assertThat(load.run(List.of(new Step("soak", 50, 1)), () -> {})).hasSize(1);
    }
    assertThat(started).hasValue(1);
    assertThat(seconds).extracting(Second::phase).containsExactly("day", "day", "spike", "spike");
    assertThat(seconds)
        .allSatisfy(s -> assertThat(s.answered() + s.shed() + s.failed()).isEqualTo(s.offered()));
    Totals all = Totals.of(seconds);
    assertThat(all.answered()).isPositive().isEqualTo(all.micros().getTotalCount());
    assertThat(all.notModified()).isPositive();
    assertThat(all.shed()).isPositive();
    assertThat(all.failed()).isPositive();
    assertThat(seconds).anySatisfy(s -> assertThat(s.faults()).startsWith("500:"));
    assertThat(strangers.sum()).isPositive().isEqualTo(theirs.size());
    assertThat(compressed.sum()).isPositive();
    assertThat(walked.sum()).isPositive();
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
