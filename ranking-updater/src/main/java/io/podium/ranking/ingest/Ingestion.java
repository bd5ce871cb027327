package io.podium.ranking.ingest;

import io.podium.ranking.stream.EventLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The public port of the updater: events in, and how far they have come. */
public final class Ingestion {
  /** Seconds after which a client may try again, when no better figure is known. */
  private static final int RETRY_AFTER = 1;

  private static final int MAX_HEADER_BYTES = 16 * 1024;
  private static final int IDLE_SECONDS = 60;

  private final Vertx vertx;
  private final EventPost post;
  private final Supplier<CompletionStage<JsonObject>> progress;
  private final IngestCounts counts;

  /**
   * @param progress answers {@code GET /v1/progress}; must not block
   */
  public Ingestion(
      Vertx vertx,
      EventLog log,
      ApiKeys keys,
      long rateLimit,
      Supplier<CompletionStage<JsonObject>> progress,
      Clock clock) {
    this.vertx = vertx;
    this.counts = new IngestCounts();
    this.post = new EventPost(vertx, log, keys, new RateLimit(rateLimit), counts, clock);
    this.progress = progress;
  }

  public Future<HttpServer> listen(String host, int port) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setIdleTimeout(IDLE_SECONDS)
            .setHandle100ContinueAutomatically(true);
    return vertx.createHttpServer(options).requestHandler(this::route).listen(port, host);
  }

  public IngestCounts counts() {
    return counts;
  }

  private void route(HttpServerRequest request) {
    switch (request.path() == null ? "" : request.path()) {
      case "/v1/events" -> {
        if (allow(request, HttpMethod.POST)) {
          post.handle(request);
        }
      }
      case "/v1/progress" -> {
        if (allow(request, HttpMethod.GET)) {
          progress(request);
        }
      }
      default ->
          Problem.of(404, "Not found", "here are POST /v1/events and GET /v1/progress")
              .send(request.response());
    }
  }

  private static boolean allow(HttpServerRequest request, HttpMethod method) {
    if (request.method().equals(method)) {
      return true;
    }
    request.response().putHeader("Allow", method.name());
    Problem.of(405, "Method not allowed", "allowed: " + method.name()).send(request.response());
    return false;
  }

  private void progress(HttpServerRequest request) {
    Future.fromCompletionStage(progress.get(), vertx.getOrCreateContext())
        .onSuccess(
            body ->
                request
                    .response()
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-store")
                    .end(body.toBuffer()))
        .onFailure(
            e ->
                Problem.later(503, "Not available", String.valueOf(e.getMessage()), RETRY_AFTER)
                    .send(request.response()));
  }
}
