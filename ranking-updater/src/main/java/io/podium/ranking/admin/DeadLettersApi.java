package io.podium.ranking.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.ranking.ingest.Problem;
import io.podium.ranking.stream.DeadLetters;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.EventLog;
import io.podium.ranking.stream.EventLog.DeadLetter;
import io.podium.ranking.stream.StreamName;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /admin/v1/dead-letters} lists rejected events, {@code POST …/replay} puts them into
 * their stream once more. Both take {@code stream=events|products}, {@code reason}, {@code after}
 * (an id) and {@code limit}. An event that is rejected again comes back as a new letter.
 */
public final class DeadLettersApi {
  static final String PATH = "/admin/v1/dead-letters";
  private static final String REPLAY = PATH + "/replay";
  private static final int MOST = 1_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Vertx vertx;
  private final DeadLetters letters;
  private final EventLog log;

  public DeadLettersApi(Vertx vertx, DeadLetters letters, EventLog log) {
    this.vertx = vertx;
    this.letters = letters;
    this.log = log;
  }

  /**
   * @param reason null: any
   * @param limit letters that are looked at
   */
  private record Query(StreamName stream, @Nullable String reason, EntryId after, int limit) {
    boolean wants(DeadLetter letter) {
      return reason == null || reason.equals(letter.reason());
    }

    /** Null when something in it is not allowed. */
    static @Nullable Query of(HttpServerRequest request) {
      try {
        String stream = request.getParam("stream", StreamName.EVENTS.text());
        int limit = Integer.parseInt(request.getParam("limit", Integer.toString(MOST)));
        return limit < 1 || limit > MOST
            ? null
            : new Query(
                StreamName.valueOf(stream.toUpperCase(Locale.ROOT)),
                request.getParam("reason"),
                EntryId.parse(request.getParam("after", EntryId.START.toString())),
                limit);
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
  }

  void handle(HttpServerRequest request) {
    boolean replay = request.path().equals(REPLAY);
    HttpMethod method = replay ? HttpMethod.POST : HttpMethod.GET;
    Query query = Query.of(request);
    if (!replay && !request.path().equals(PATH)) {
      Problem.of(404, "Not found", "here are " + PATH + " and " + REPLAY).send(request.response());
    } else if (!request.method().equals(method)) {
      request.response().putHeader("Allow", method.name());
      Problem.of(405, "Method not allowed", "allowed: " + method.name()).send(request.response());
    } else if (query == null) {
      String allowed = "stream=events|products, reason, after=<id>, limit=1…" + MOST;
      Problem.of(400, "Bad query", "allowed: " + allowed).send(request.response());
    } else {
      answer(request, replay ? replay(query) : list(query));
    }
  }

  private Future<ObjectNode> list(Query query) {
    return found(query)
        .map(
            found -> {
              ObjectNode json = JSON.createObjectNode();
              ArrayNode array = json.putArray("letters");
              found.forEach(l -> put(array.addObject(), l));
              return json;
            });
  }

  private static void put(ObjectNode json, DeadLetter letter) {
    json.put("id", letter.entry().id().toString()).put("reason", letter.reason());
    json.put("event", letter.entry().text());
  }

  private Future<List<DeadLetter>> found(Query query) {
    return await(letters.read(query.stream(), query.after(), query.limit()))
        .map(all -> all.stream().filter(query::wants).toList());
  }

  /** First into the stream, then out of the letters: cut off in between, a repeat counts once. */
  private Future<ObjectNode> replay(Query query) {
    return found(query)
        .compose(
            found -> {
              List<byte[]> events = found.stream().map(l -> l.entry().event()).toList();
              boolean sales = query.stream() == StreamName.EVENTS;
              return found.isEmpty()
                  ? Future.succeededFuture(0L)
                  : await(log.append(sales ? events : List.of(), sales ? List.of() : events))
                      .compose(v -> await(drop(query.stream(), found)));
            })
        .map(n -> JSON.createObjectNode().put("replayed", n));
  }

  private CompletionStage<Long> drop(StreamName stream, List<DeadLetter> found) {
    return letters.drop(stream, found.stream().map(l -> l.entry().id()).toList());
  }

  private <T> Future<T> await(CompletionStage<T> stage) {
    return Future.fromCompletionStage(stage, vertx.getOrCreateContext());
  }

  private static void answer(HttpServerRequest request, Future<ObjectNode> answer) {
    answer
        .onSuccess(
            json ->
                request
                    .response()
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Cache-Control", "no-store")
                    .end(Buffer.buffer(json.toString().getBytes(StandardCharsets.UTF_8))))
        .onFailure(
            e ->
                Problem.of(503, "Not available", String.valueOf(e.getMessage()))
                    .send(request.response()));
  }
}
