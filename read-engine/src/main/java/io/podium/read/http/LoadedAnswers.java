package io.podium.read.http;

import io.opentelemetry.api.trace.Span;
import io.podium.read.refresh.Found;
import io.podium.trace.Traces;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers that are made off the loop for each request, a bounded number at a time. */
final class LoadedAnswers {
  private final Vertx vertx;
  private final Answers answers;
  private final SmallLoads loads;
  private final Traces traces;
  private final BooleanSupplier inTouch;

  /**
   * @param inTouch whether announcements are received, so that what is held is the newest
   */
  LoadedAnswers(
      Vertx vertx, Answers answers, SmallLoads loads, Traces traces, BooleanSupplier inTouch) {
    this.vertx = vertx;
    this.answers = answers;
    this.loads = loads;
    this.traces = traces;
    this.inTouch = inTouch;
  }

  /**
   * @param name equal requests that come at the same time share one load
   */
  void answer(
      HttpServerRequest request,
      String name,
      Supplier<CompletableFuture<Made>> make,
      String cacheControl,
      long started) {
    String parent = traces.isOn() ? request.getHeader("traceparent") : null;
    CompletableFuture<Made> load =
        loads.load(name, request.remoteAddress(), () -> traced(parent, name, make));
    if (load.isDone()) {
      // Shed: there is nothing to come back from.
      var unused = load.whenComplete((made, e) -> end(request, made, e, cacheControl, started));
      return;
    }
    Context loop = vertx.getOrCreateContext();
    var unused =
        load.whenComplete(
            (made, e) -> loop.runOnContext(v -> end(request, made, e, cacheControl, started)));
  }

  private CompletableFuture<Made> traced(
      @Nullable String parent, String name, Supplier<CompletableFuture<Made>> make) {
    Span span = traces.begin("load product", parent);
    span.setAttribute("podium.product", name);
    return make.get()
        .whenComplete(
            (made, failure) -> {
              if (made != null) {
                span.setAttribute("podium.tier", made.tier());
              }
              Traces.end(span, failure);
            });
  }

  private void end(
      HttpServerRequest request,
      @Nullable Made made,
      @Nullable Throwable failure,
      String cacheControl,
      long started) {
    if (request.response().closed()) {
      return;
    }
    if (made != null) {
      request.response().putHeader("cache-status", cacheStatus(made.tier()));
      answers.json(request, made.body(), cacheControl, started);
    } else {
      answers.failure(request, Objects.requireNonNull(failure), started);
    }
  }

  /** RFC 9211: what stands in for the stores while they are away is stale. */
  private String cacheStatus(String tier) {
    boolean held = tier.equals(Found.HELD);
    if (tier.equals(Found.HOT) || (held && !inTouch.getAsBoolean())) {
      return "podium; hit; ttl=-1; detail=\"" + tier + "; stores-away\"";
    }
    return "podium; " + (held ? "hit" : "fwd=miss") + "; detail=\"" + tier + '"';
  }
}
