package io.podium.read.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

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
    Context loop = vertx.getOrCreateContext();
    var unused =
        loads
            .load(name, request.remoteAddress(), make)
            .whenComplete(
                (body, failure) ->
                    loop.runOnContext(
                        v -> {
                          if (request.response().closed()) {
                            return;
                          }
                          if (failure == null) {
                            answers.json(request, body, cacheControl, started);
                          } else {
                            answers.failure(request, failure, started);
                          }
                        }));
  }
}
