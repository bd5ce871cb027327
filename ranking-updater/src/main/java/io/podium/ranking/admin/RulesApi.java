package io.podium.ranking.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.ranking.board.Rule;
import io.podium.ranking.board.RuleException;
import io.podium.ranking.board.RuleParser;
import io.podium.ranking.ingest.Problem;
import io.podium.ranking.stream.RuleLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** {@code GET|POST|DELETE /admin/v1/rules}; every change goes through the rule log. */
public final class RulesApi {
  static final String PATH = "/admin/v1/rules";
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final int MAX_RULES = 10_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Vertx vertx;
  private final RuleLog log;
  private final Supplier<Collection<Rule>> current;
  private final Set<String> boards;

  public RulesApi(
      Vertx vertx, RuleLog log, Supplier<Collection<Rule>> current, Set<String> boards) {
    this.vertx = vertx;
    this.log = log;
    this.current = current;
    this.boards = boards;
  }

  void handle(HttpServerRequest request) {
    String path = request.path();
    boolean one = path.length() > PATH.length() + 1;
    if (request.method().equals(HttpMethod.GET) && !one) {
      list(request);
    } else if (request.method().equals(HttpMethod.POST) && !one) {
      read(request);
    } else if (request.method().equals(HttpMethod.DELETE) && one) {
      delete(request, path.substring(PATH.length() + 1));
    } else {
      String allowed = one ? "DELETE" : "GET, POST";
      request.response().putHeader("Allow", allowed);
      Problem.of(405, "Method not allowed", "allowed: " + allowed).send(request.response());
    }
  }

  private void list(HttpServerRequest request) {
    var array = JSON.createArrayNode();
    current.get().forEach(r -> array.add(RuleJson.of(r)));
    json(request, 200, array.toString());
  }

  private static void json(HttpServerRequest request, int status, String body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(Buffer.buffer(body.getBytes(StandardCharsets.UTF_8)));
  }

  private void read(HttpServerRequest request) {
    Buffer body = Buffer.buffer();
    boolean[] refused = new boolean[1];
    request.handler(
        part -> {
          body.appendBuffer(part);
          if (body.length() > MAX_BODY_BYTES && !refused[0]) {
            refused[0] = true;
            request.response().putHeader("Connection", "close");
            String detail = "a rule may have " + MAX_BODY_BYTES + " bytes";
            Problem.of(413, "Content too large", detail).send(request.response());
          }
        });
    request.endHandler(
        end -> {
          if (!refused[0]) {
            post(request, body.getBytes());
          }
        });
  }

  private void post(HttpServerRequest request, byte[] body) {
    Rule rule;
    String json;
    try {
      List<Rule> parsed = RuleParser.parse(body);
      if (parsed.size() != 1) {
        malformed(request, "one rule at a time");
        return;
      }
      rule = parsed.get(0);
      json = JSON.readValue(body, ObjectNode.class).toString();
    } catch (RuleException | IOException e) {
      malformed(request, String.valueOf(e.getMessage()));
      return;
    }
    if (!boards.contains(rule.board())) {
      malformed(request, "board: " + rule.board() + " is none of " + boards);
      return;
    }
    boolean known = current.get().stream().anyMatch(r -> r.id().equals(rule.id()));
    if (!known && current.get().size() >= MAX_RULES) {
      Problem.of(409, "Too many rules", "delete some of the " + MAX_RULES + " first")
          .send(request.response());
      return;
    }
    answer(request, log.append(rule.id(), json), known ? 200 : 201, json);
  }

  private static void malformed(HttpServerRequest request, String detail) {
    Problem.of(400, "Malformed rule", detail).send(request.response());
  }

  private void delete(HttpServerRequest request, String id) {
    if (current.get().stream().noneMatch(r -> r.id().equals(id))) {
      Problem.of(404, "Not found", "no rule has this id").send(request.response());
      return;
    }
    answer(request, log.append(id, null), 204, "");
  }

  private void answer(
      HttpServerRequest request, CompletionStage<?> written, int status, String body) {
    Future.fromCompletionStage(written, vertx.getOrCreateContext())
        .onSuccess(
            id -> {
              if (status == 204) {
                request.response().setStatusCode(status).end();
              } else {
                json(request, status, body);
              }
            })
        .onFailure(
            e ->
                Problem.of(503, "Not stored", String.valueOf(e.getMessage()))
                    .send(request.response()));
  }
}
