package io.podium.read.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers that are made off the loop for each request, a bounded number at a time. */
final class LoadedAnswers {
  private final Vertx vertx;
  private final Answers answers;
  private final SmallLoads loads;

  LoadedAnswers(Vertx vertx, Answers answers, SmallLoads loads) {
    this.vertx = vertx;
    this.answers = answers;
    this.loads = loads;
  }

  /**
   * @param name equal requests that come at the same time share one load
   */
  void answer(
      HttpServerRequest request,
      String name,
      Supplier<CompletableFuture<byte[]>> make,
      String cacheControl,
      long started) {
    CompletableFuture<byte[]> load = loads.load(name, request.remoteAddress(), make);
    if (load.isDone()) {
      // Shed: there is nothing to come back from.
      var unused = load.whenComplete((body, e) -> end(request, body, e, cacheControl, started));
      return;
    }
    Context loop = vertx.getOrCreateContext();
    var unused =
        load.whenComplete(
            (body, e) -> loop.runOnContext(v -> end(request, body, e, cacheControl, started)));
  }

  private void end(
      HttpServerRequest request,
      byte @Nullable [] body,
      @Nullable Throwable failure,
      String cacheControl,
      long started) {
    if (request.response().closed()) {
      return;
    }
    if (body != null) {
      answers.json(request, body, cacheControl, started);
    } else {
      answers.failure(request, Objects.requireNonNull(failure), started);
    }
  }
}
