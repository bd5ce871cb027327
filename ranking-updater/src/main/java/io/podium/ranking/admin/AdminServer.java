package io.podium.ranking.admin;

import io.podium.ranking.admin.Sessions.Session;
import io.podium.ranking.ingest.Problem;
import io.podium.store.StoreException;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin port. Health and metrics need no token; everything else does, but the login page. */
public final class AdminServer {
  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final int MAX_BODY_BYTES = 64 * 1024;
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

  private static final String LOGIN = "/admin/v1/login";
  private static final String SESSION = "/admin/v1/session";
  private static final String LOGOUT = "/admin/v1/logout";

  /** Beside the desk's. */
  private static final List<String> OWN = List.of(DeadLettersApi.PATH, LOGIN, LOGOUT, SESSION);

  private final Vertx vertx;
  private final Supplier<Health> health;
  private final Consumer<Exposition> metrics;
  private final TreeMap<String, Route> routes;
  private final DeadLettersApi deadLetters;
  private final Access access;
  private final Console console = new Console();

  /**
   * @param live false: the process is to be started again
   * @param ready false: it does not do its work now
   * @param detail of each part, for a human
   */
  public record Health(boolean live, boolean ready, JsonObject detail) {}

  /**
   * @param tokens secret by author; empty: nothing but health and metrics is answered
   */
  public AdminServer(
      Vertx vertx,
      Supplier<Health> health,
      Consumer<Exposition> metrics,
      Desk desk,
      DeadLettersApi deadLetters,
      Map<String, String> tokens,
      Clock clock) {
    this.vertx = vertx;
    this.health = health;
    this.metrics = metrics;
    this.routes = new TreeMap<>(desk.routes());
    this.deadLetters = deadLetters;
    this.access = new Access(tokens, clock);
  }

  public Future<HttpServer> listen(String host, int port) {
    return vertx
        .createHttpServer(new HttpServerOptions().setMaxHeaderSize(16 * 1024).setIdleTimeout(60))
        .requestHandler(this::route)
        .listen(port, host);
  }

  private void route(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    protect(request.response());
    if (!isDecodable(request)) {
      Problem.of(400, "Bad request", "query: is not percent-encoded UTF-8")
          .send(request.response());
      return;
    }
    switch (path) {
      case "/health/live" -> get(request, () -> health(request, health.get().live()));
      case "/health/ready" -> get(request, () -> health(request, health.get().ready()));
      case "/metrics" -> get(request, () -> metrics(request));
      case LOGIN -> login(request);
      default -> {
        if (console.isOpen(path)) {
          get(request, () -> console.send(request, path));
        } else {
          guarded(request, path);
        }
      }
    }
  }

  /** A query is decoded when it is first asked for, and what that throws is answered by nobody. */
  private static boolean isDecodable(HttpServerRequest request) {
    try {
      var unused = request.params();
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void protect(HttpServerResponse response) {
    response
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cache-Control", "no-store");
  }

  private static void get(HttpServerRequest request, Runnable answer) {
    if (request.method().equals(HttpMethod.GET)) {
      answer.run();
    } else {
      request.response().putHeader("Allow", "GET");
      Problem.of(405, "Method not allowed", "allowed: GET").send(request.response());
    }
  }

  private void health(HttpServerRequest request, boolean ok) {
    request
        .response()
        .setStatusCode(ok ? 200 : 503)
        .putHeader("Content-Type", "application/json")
        .end(health.get().detail().copy().put("status", ok ? "up" : "down").toBuffer());
  }

  private void metrics(HttpServerRequest request) {
    Exposition exposition = new Exposition();
    metrics.accept(exposition);
    request
        .response()
        .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        .end(exposition.toString());
  }

  private void login(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.POST)) {
      withBody(request, body -> access.login(request, body));
    } else {
      request.response().putHeader("Allow", "POST");
      Problem.of(405, "Method not allowed", "allowed: POST").send(request.response());
    }
  }

  private void guarded(HttpServerRequest request, String path) {
    boolean page = path.equals("/") || path.equals("/console") || path.equals(Console.HOME);
    if (page && access.session(request) == null && request.getHeader("Authorization") == null) {
      request.response().setStatusCode(303).putHeader("Location", Console.LOGIN).end();
      return;
    }
    String author = access.author(request);
    if (author == null) {
      return;
    }
    if (path.equals(SESSION)) {
      get(request, () -> session(request));
    } else if (path.equals(LOGOUT) && request.method().equals(HttpMethod.POST)) {
      access.logout(request);
    } else if (path.startsWith(DeadLettersApi.PATH)) {
      deadLetters.handle(request);
    } else if (page && !path.equals(Console.HOME)) {
      request.response().setStatusCode(303).putHeader("Location", Console.HOME).end();
    } else if (console.has(path)) {
      get(request, () -> console.send(request, path));
    } else {
      call(request, path, author);
    }
  }

  private void session(HttpServerRequest request) {
    Session session = access.session(request);
    if (session == null) {
      Problem.of(404, "Not found", "a bearer token has no session").send(request.response());
    } else {
      access.tell(request, session);
    }
  }

  private void call(HttpServerRequest request, String path, String author) {
    Map.Entry<String, Route> found = routes.floorEntry(path);
    String prefix = found == null ? "" : found.getKey();
    if (found == null || !(path.equals(prefix) || path.startsWith(prefix + "/"))) {
      String here =
          "here are /health, /metrics, /console/, "
              + String.join(", ", routes.keySet())
              + ", "
              + String.join(", ", OWN);
      Problem.of(404, "Not found", here).send(request.response());
      return;
    }
    String rest = path.equals(prefix) ? "" : path.substring(prefix.length() + 1);
    withBody(
        request,
        body -> {
          Call call =
              new Call(
                  request.method().name(),
                  rest,
                  MultiMap.caseInsensitiveMultiMap().addAll(request.params()),
                  request.headers(),
                  Buffer.buffer(body),
                  author);
          vertx
              .executeBlocking(() -> found.getValue().answer(call), false)
              .onSuccess(answer -> send(request.response(), answer))
              .onFailure(e -> fail(request.response(), e));
        });
  }

  private static void send(HttpServerResponse response, Answer answer) {
    answer.headers().forEach(response::putHeader);
    response.setStatusCode(answer.status());
    if (answer.status() == 204) {
      response.end();
    } else {
      response.putHeader("Content-Type", answer.type()).end(answer.body());
    }
  }

  private static void fail(HttpServerResponse response, Throwable failure) {
    Throwable e =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (e instanceof Refusal refusal) {
      refusal.headers().forEach(response::putHeader);
      refusal.problem().send(response);
    } else if (e instanceof StoreException || e instanceof TimeoutException) {
      Problem.of(503, "Not available", String.valueOf(e.getMessage())).send(response);
    } else {
      LOG.error("An admin call failed", e);
      Problem.of(500, "Failed", "see the updater's log").send(response);
    }
  }

  /** The whole body is taken, so that the client reads the refusal; only the first part is kept. */
  private static void withBody(HttpServerRequest request, Consumer<byte[]> then) {
    Buffer body = Buffer.buffer();
    boolean[] tooLarge = new boolean[1];
    request.handler(
        part -> {
          tooLarge[0] |= body.length() + part.length() > MAX_BODY_BYTES;
          if (!tooLarge[0]) {
            body.appendBuffer(part);
          }
        });
    request.endHandler(
        end -> {
          if (tooLarge[0]) {
            String detail = "body: more than " + MAX_BODY_BYTES + " bytes";
            Problem.of(400, "Bad request", detail).send(request.response());
          } else {
            then.accept(body.getBytes());
          }
        });
  }
}
