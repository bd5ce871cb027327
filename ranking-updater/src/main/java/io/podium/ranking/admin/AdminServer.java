package io.podium.ranking.admin;

import io.podium.ranking.ingest.ApiKeys;
import io.podium.ranking.ingest.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The admin port. Health and metrics need no token; everything else does. */
public final class AdminServer {
  private final Vertx vertx;
  private final Supplier<Health> health;
  private final Consumer<Exposition> metrics;
  private final RulesApi rules;
  private final DeadLettersApi deadLetters;
  private final ApiKeys tokens;

  /**
   * @param live false: the process is to be started again
   * @param ready false: it does not do its work now
   * @param detail of each part, for a human
   */
  public record Health(boolean live, boolean ready, JsonObject detail) {}

  /**
   * @param token empty: nothing but health and metrics is answered
   */
  public AdminServer(
      Vertx vertx,
      Supplier<Health> health,
      Consumer<Exposition> metrics,
      RulesApi rules,
      DeadLettersApi deadLetters,
      String token) {
    this.vertx = vertx;
    this.health = health;
    this.metrics = metrics;
    this.rules = rules;
    this.deadLetters = deadLetters;
    this.tokens = new ApiKeys(token.isEmpty() ? Map.of() : Map.of("admin", token));
  }

  public Future<HttpServer> listen(String host, int port) {
    return vertx
        .createHttpServer(new HttpServerOptions().setMaxHeaderSize(16 * 1024).setIdleTimeout(60))
        .requestHandler(this::route)
        .listen(port, host);
  }

  private void route(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    switch (path) {
      case "/health/live" -> get(request, () -> health(request, health.get().live()));
      case "/health/ready" -> get(request, () -> health(request, health.get().ready()));
      case "/metrics" -> get(request, () -> metrics(request));
      default -> guarded(request, path);
    }
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
        .putHeader("Cache-Control", "no-store")
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

  private void guarded(HttpServerRequest request, String path) {
    if (tokens.name(request.getHeader("Authorization")) == null) {
      request.response().putHeader("WWW-Authenticate", "Bearer realm=\"podium-admin\"");
      Problem.of(401, "Unauthorized", "the admin token is needed: Authorization: Bearer …")
          .send(request.response());
    } else if (path.equals(RulesApi.PATH) || path.startsWith(RulesApi.PATH + "/")) {
      rules.handle(request);
    } else if (path.startsWith(DeadLettersApi.PATH)) {
      deadLetters.handle(request);
    } else {
      String here = "here are /health, /metrics, " + RulesApi.PATH + " and " + DeadLettersApi.PATH;
      Problem.of(404, "Not found", here).send(request.response());
    }
  }
}
