package io.podium.read.http;

import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.read.hit.Cors;
import io.podium.read.hit.Traffic;
import io.podium.read.overload.Admission;
import io.podium.read.page.BoardBook;
import io.podium.read.page.BoardView;
import io.podium.read.refresh.Listings;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /v1/rankings/{board}/changes}: Server-Sent Events, one for each new epoch with the
 * entries that moved. A client that comes without {@code Last-Event-ID} is told the current epoch
 * first; one that comes back gets what it missed from history, or where that does not reach back a
 * reset with all entries. One per event loop.
 */
final class ChangesRoute {
  /** Missed epochs that are told one by one; beyond, one event tells the difference. */
  private static final int MAX_MISSED = 50;

  private static final long HEARTBEAT_MS = 15_000;

  private final Vertx vertx;
  private final Listings listings;
  private final Changes changes;
  private final Admission admission;
  private final Answers answers;
  private final Traffic traffic;
  private final Cors cors;

  ChangesRoute(
      Vertx vertx,
      Listings listings,
      Changes changes,
      Admission admission,
      Answers answers,
      Traffic traffic,
      Cors cors) {
    this.vertx = vertx;
    this.listings = listings;
    this.changes = changes;
    this.admission = admission;
    this.answers = answers;
    this.traffic = traffic;
    this.cors = cors;
  }

  void answer(HttpServerRequest request, Target target, BoardBook boards, long started) {
    BoardView board = PageRequests.board(target, boards);
    PageRequests.onlyDimensions(target, board);
    ListingKey key = PageRequests.listing(target, board);
    long last = lastEventId(request);
    if (HttpMethod.HEAD.equals(request.method())) {
      head(request);
      request.response().end();
      traffic.answered(200, Traffic.Source.SELF, 0, started);
      return;
    }
    Context loop = vertx.getOrCreateContext();
    ChangesClient client = new ChangesClient(board, key, request, loop, changes);
    if (!changes.add(key, client)) {
      throw Problem.BUSY.refusal();
    }
    request.response().closeHandler(v -> client.end());
    request.response().exceptionHandler(v -> client.end());
    var unused =
        admitted(request, key, last)
            .whenComplete(
                (missed, failure) ->
                    loop.runOnContext(
                        v -> {
                          if (failure == null) {
                            begin(request, board, client, missed, last, started);
                          } else {
                            client.end();
                            answers.failure(request, failure, started);
                          }
                        }));
  }

  private static long lastEventId(HttpServerRequest request) {
    String id = request.getHeader("Last-Event-ID");
    if (id == null || id.isEmpty()) {
      return 0;
    }
    if (id.length() > 18 || !id.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw Problem.BAD_EVENT_ID.of("Last-Event-ID");
    }
    return Long.parseLong(id);
  }

  /** What is held is told at any load; what must be read from stores is a load like others. */
  private CompletableFuture<List<Optional<Listing>>> admitted(
      HttpServerRequest request, ListingKey key, long last) {
    Listing held = listings.held(key);
    return held != null && (last == 0 || last == held.epoch())
        ? missed(key, last)
        : admission.enter(request.remoteAddress(), () -> missed(key, last));
  }

  /** What the client has (if that is still known), then every epoch since; the current one last. */
  private CompletableFuture<List<Optional<Listing>>> missed(ListingKey key, long last) {
    return listings
        .find(key)
        .thenCompose(
            found -> {
              Listing current = found.value();
              if (last == 0 || last == current.epoch()) {
                return CompletableFuture.completedFuture(
                    List.of(Optional.of(current), Optional.of(current)));
              }
              return last < current.epoch() ? since(key, last, current) : ahead(key, last);
            });
  }

  /** The client has seen more than this engine: it is told what comes after what it has. */
  private CompletableFuture<List<Optional<Listing>>> ahead(ListingKey key, long last) {
    return listings
        .load(key)
        .thenCompose(
            found -> {
              Listing newest = found.value();
              if (newest.epoch() > last) {
                return since(key, last, newest);
              }
              return listings
                  .epoch(key, last)
                  .thenApply(
                      base ->
                          base.value().isPresent()
                              ? List.of(base.value(), base.value())
                              : List.of(Optional.empty(), Optional.of(newest)));
            });
  }

  private CompletableFuture<List<Optional<Listing>>> since(
      ListingKey key, long last, Listing current) {
    return listings
        .epoch(key, last)
        .thenCombine(
            listings.history(key, last, MAX_MISSED),
            (base, after) -> {
              List<Optional<Listing>> all = new ArrayList<>();
              all.add(base.value());
              if (base.value().isPresent() && after.size() < MAX_MISSED) {
                after.stream()
                    .filter(l -> l.epoch() < current.epoch())
                    .forEach(l -> all.add(Optional.of(l)));
              }
              all.add(Optional.of(current));
              return all;
            })
        .exceptionally(failure -> List.of(Optional.empty(), Optional.of(current)));
  }

  private void begin(
      HttpServerRequest request,
      BoardView board,
      ChangesClient client,
      List<Optional<Listing>> missed,
      long last,
      long started) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      client.end();
      return;
    }
    head(request);
    response.setChunked(true);
    response.setWriteQueueMaxSize(ChangesClient.BUFFER);
    traffic.answered(200, Traffic.Source.SELF, 0, started);
    StringBuilder text = new StringBuilder("retry: 2000\n\n");
    Listing current = missed.get(missed.size() - 1).orElseThrow();
    @Nullable Listing before = missed.get(0).orElse(null);
    for (Optional<Listing> next : missed.subList(1, missed.size())) {
      Listing now = next.orElseThrow();
      if (last != now.epoch()) {
        text.append(Moves.event(board, before, now));
      }
      before = now;
    }
    client.send(text.toString());
    client.begin(current);
    long timer = vertx.setPeriodic(HEARTBEAT_MS, t -> client.send(": still here\n\n"));
    response.closeHandler(
        v -> {
          vertx.cancelTimer(timer);
          client.end();
        });
  }

  private void head(HttpServerRequest request) {
    MultiMap head = answers.head(request);
    head.set(HttpHeaders.CONTENT_TYPE, "text/event-stream; charset=utf-8");
    head.set(HttpHeaders.CACHE_CONTROL, "no-store");
    head.set("x-accel-buffering", "no");
    cors.apply(request.headers(), head);
  }
}
