package io.podium.read.http;

import io.opentelemetry.api.trace.Span;
import io.podium.read.hit.Held;
import io.podium.read.hit.PageWriter;
import io.podium.read.hit.Pages;
import io.podium.read.overload.Admission;
import io.podium.read.page.BoardBook;
import io.podium.read.page.Page;
import io.podium.read.refresh.PageLoader;
import io.podium.trace.Traces;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code GET /v1/rankings/{board}}: parse, find, else load. One per event loop. */
final class PageRoute {
  private final Vertx vertx;
  private final PageRequests requests;
  private final Pages pages;
  private final PageLoader loader;
  private final Admission admission;
  private final Traces traces;
  private final PageWriter writer;
  private final Answers answers;

  PageRoute(
      Vertx vertx,
      PageRequests requests,
      Pages pages,
      PageLoader loader,
      Admission admission,
      Traces traces,
      PageWriter writer,
      Answers answers) {
    this.vertx = vertx;
    this.requests = requests;
    this.pages = pages;
    this.loader = loader;
    this.admission = admission;
    this.traces = traces;
    this.writer = writer;
    this.answers = answers;
  }

  void answer(HttpServerRequest request, Target target, BoardBook boards, long started) {
    long now = writer.now();
    PageRequests.PageRequest asked = requests.page(target, boards, now);
    Held held = pages.find(asked.spec().text());
    Page page = held == null ? null : held.page();
    if (held != null && page != null && !page.isWornOut(now)) {
      writer.hit(request, held, page, now, started);
      return;
    }
    Context loop = vertx.getOrCreateContext();
    var unused =
        load(request, asked)
            .whenComplete(
                (loaded, failure) ->
                    loop.runOnContext(
                        v -> {
                          if (request.response().closed()) {
                            return;
                          }
                          if (failure == null) {
                            loaded(request, asked, loaded, started);
                          } else {
                            answers.failure(request, failure, started);
                          }
                        }));
  }

  /** However many ask for a page, it is loaded and counted once. */
  private CompletableFuture<Optional<PageLoader.Loaded>> load(
      HttpServerRequest request, PageRequests.PageRequest asked) {
    CompletableFuture<Optional<PageLoader.Loaded>> running = loader.running(asked.spec());
    if (running != null) {
      return running;
    }
    SocketAddress client = request.remoteAddress();
    return loader
        .copy(asked.board(), asked.spec())
        .thenCompose(
            copy ->
                copy.isPresent()
                    ? CompletableFuture.completedFuture(copy)
                    : admission.enter(client, () -> traced(request, asked)));
  }

  private CompletableFuture<Optional<PageLoader.Loaded>> traced(
      HttpServerRequest request, PageRequests.PageRequest asked) {
    Span span = traces.begin("load page", request.getHeader("traceparent"));
    span.setAttribute("podium.page", asked.spec().text());
    CompletableFuture<Optional<PageLoader.Loaded>> loaded =
        loader.load(asked.board(), asked.spec());
    var unused =
        loaded.whenComplete(
            (page, failure) -> {
              if (page != null && page.isPresent()) {
                span.setAttribute("podium.tier", page.get().tier());
              }
              Traces.end(span, failure);
            });
    return loaded;
  }

  private void loaded(
      HttpServerRequest request,
      PageRequests.PageRequest asked,
      Optional<PageLoader.Loaded> loaded,
      long started) {
    if (loaded.isEmpty()) {
      answers.problem(request, Refusal.expired(asked.spec().firstPage()), started);
      return;
    }
    PageLoader.Loaded page = loaded.get();
    if (page.isFromStore()) {
      writer.loaded(request, page.page(), page.tier(), started);
    } else {
      writer.hit(request, page.held(), page.page(), writer.now(), started);
    }
  }
}
