package io.podium.read.http;

import io.opentelemetry.api.trace.Span;
import io.podium.read.hit.Held;
import io.podium.read.hit.PageWriter;
import io.podium.read.hit.Pages;
import io.podium.read.overload.Admission;
import io.podium.read.page.BoardBook;
import io.podium.read.page.Encoding;
import io.podium.read.page.Page;
import io.podium.read.refresh.Failures;
import io.podium.read.refresh.PageLoader;
import io.podium.trace.Traces;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.EnumSet;
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
    Encoding wanted = writer.wanted(request);
    if (held != null && page != null && !page.isWornOut(now)) {
      held.asks(wanted);
      if (page.has(wanted)) {
        writer.hit(request, held, page, now, started);
      } else {
        coded(request, held, page, wanted, started);
      }
      return;
    }
    CompletableFuture<Optional<PageLoader.Loaded>> load = load(request, asked, wanted);
    if (load.isCompletedExceptionally()) {
      // Shed: there is nothing to come back from.
      var unused = load.whenComplete((none, e) -> answers.failure(request, e, started));
      return;
    }
    Context loop = vertx.getOrCreateContext();
    var unused =
        load.thenCompose(loaded -> inCoding(loaded, wanted))
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

  /** The page is held, but not in the coding that this client accepts best: that is made now. */
  private void coded(
      HttpServerRequest request, Held held, Page page, Encoding wanted, long started) {
    Context loop = vertx.getOrCreateContext();
    var unused =
        loader
            .coded(held, page, wanted)
            .thenAccept(
                coded ->
                    loop.runOnContext(
                        v -> {
                          if (!request.response().closed()) {
                            writer.hit(request, held, coded, writer.now(), started);
                          }
                        }));
  }

  /** Whoever joined a load may want another coding than the one that began it. */
  private CompletableFuture<Optional<PageLoader.Loaded>> inCoding(
      Optional<PageLoader.Loaded> loaded, Encoding wanted) {
    if (loaded.isEmpty()) {
      return CompletableFuture.completedFuture(loaded);
    }
    PageLoader.Loaded page = loaded.get();
    page.held().asks(wanted);
    return loader.coded(page.held(), page.page(), wanted).thenApply(p -> Optional.of(page.as(p)));
  }

  /** However many ask for a page, it is loaded and counted once. */
  private CompletableFuture<Optional<PageLoader.Loaded>> load(
      HttpServerRequest request, PageRequests.PageRequest asked, Encoding wanted) {
    CompletableFuture<Optional<PageLoader.Loaded>> running = loader.running(asked.spec().text());
    return running != null
        ? running
        : admission
            .enter(request.remoteAddress(), () -> traced(request, asked, wanted))
            .exceptionallyCompose(failure -> kept(asked, failure));
  }

  /** What is kept here is answered at any load. */
  private CompletableFuture<Optional<PageLoader.Loaded>> kept(
      PageRequests.PageRequest asked, Throwable failure) {
    return Failures.isBusy(failure)
        ? loader.copyOf(asked.board(), asked.spec())
        : CompletableFuture.failedFuture(failure);
  }

  private CompletableFuture<Optional<PageLoader.Loaded>> traced(
      HttpServerRequest request, PageRequests.PageRequest asked, Encoding wanted) {
    Span span = traces.begin("load page", request.getHeader("traceparent"));
    span.setAttribute("podium.page", asked.spec().text());
    CompletableFuture<Optional<PageLoader.Loaded>> loaded =
        loader.load(asked.board(), asked.spec(), EnumSet.of(wanted));
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
