package io.podium.read.admin;

import io.podium.read.overload.Drain;
import io.podium.read.refresh.Refresh;
import io.podium.store.Check;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The admin port: health and metrics for anyone who reaches it, all else behind the token. */
public final class AdminServer extends VerticleBase {
  private final String host;
  private final int port;
  private final @Nullable String token;
  private final Refresh refresh;
  private final Metrics metrics;
  private final Drain drain;
  private final BooleanSupplier warm;
  private final BooleanSupplier hotLow;
  private final List<Supplier<CompletionStage<Check>>> stores;
  private @Nullable HttpServer server;

  /**
   * @param token null: nothing behind it is served
   * @param stores told in the answers of health
   */
  public AdminServer(
      String host,
      int port,
      @Nullable String token,
      Refresh refresh,
      Metrics metrics,
      Drain drain,
      BooleanSupplier warm,
      BooleanSupplier hotLow,
      List<Supplier<CompletionStage<Check>>> stores) {
    this.host = host;
    this.port = port;
    this.token = token;
    this.refresh = refresh;
    this.metrics = metrics;
    this.drain = drain;
    this.warm = warm;
    this.hotLow = hotLow;
    this.stores = stores;
  }

  @Override
  public Future<?> start() {
    HttpServer http =
        vertx.createHttpServer(
            new HttpServerOptions().setHost(host).setPort(port).setIdleTimeout(60));
    this.server = http;
    http.requestHandler(this::handle);
    return http.listen();
  }

  /** The port that is listened on. */
  public int port() {
    HttpServer http = server;
    return http == null ? 0 : http.actualPort();
  }

  private void handle(HttpServerRequest request) {
    String path = request.path();
    switch (path == null ? "" : path) {
      case "/health/live" -> read(request, () -> send(request, 200, live()));
      case "/health/ready" -> read(request, () -> ready(request));
      case "/metrics" ->
          read(
              request,
              () ->
                  request
                      .response()
                      .putHeader(HttpHeaders.CONTENT_TYPE, PrometheusText.TYPE)
                      .end(metrics.text()));
      default -> {
        if (isAllowed(request)) {
          problem(request, 404, "Nothing is served at this address.");
        } else {
          request.response().putHeader("WWW-Authenticate", "Bearer realm=\"podium\"");
          problem(request, 401, "Send the admin token as a bearer token.");
        }
      }
    }
  }

  private static void read(HttpServerRequest request, Runnable answer) {
    if (HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method())) {
      answer.run();
    } else {
      request.response().putHeader(HttpHeaders.ALLOW, "GET, HEAD");
      problem(request, 405, "This address is read-only.");
    }
  }

  private boolean isAllowed(HttpServerRequest request) {
    String expected = token;
    String given = request.getHeader(HttpHeaders.AUTHORIZATION);
    return expected != null
        && given != null
        && MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8),
            ("Bearer " + expected).getBytes(StandardCharsets.UTF_8));
  }

  private static JsonObject live() {
    return new JsonObject().put("status", "UP");
  }

  /** Ready from when boards are known and what is needed first is warm, until the engine stops. */
  private void ready(HttpServerRequest request) {
    List<Future<Check>> asked =
        stores.stream().map(s -> Future.fromCompletionStage(s.get(), context)).toList();
    var unused =
        Future.join(asked)
            .onComplete(
                done -> {
                  boolean known = refresh.books().current().version() > 0;
                  boolean ready = known && warm.getAsBoolean() && !drain.isBegun();
                  JsonObject body =
                      new JsonObject()
                          .put("status", ready ? "UP" : "DOWN")
                          .put("stopping", drain.isBegun())
                          .put("warm", warm.getAsBoolean())
                          .put("boards", known ? "known" : "not known yet")
                          .put("hotTier", hotLow.getAsBoolean() ? "nearly full" : "has room")
                          .put("inTouch", refresh.feed().isInTouch())
                          .put("stores", checks(asked));
                  send(request, ready ? 200 : 503, body);
                });
  }

  private static JsonArray checks(List<Future<Check>> asked) {
    JsonArray all = new JsonArray();
    for (Future<Check> future : asked) {
      Check check = future.result();
      if (check != null) {
        all.add(
            new JsonObject()
                .put("store", check.store())
                .put("ok", check.ok())
                .put("detail", check.detail()));
      }
    }
    return all;
  }

  private static void problem(HttpServerRequest request, int status, String detail) {
    request.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json");
    request
        .response()
        .setStatusCode(status)
        .end(
            new JsonObject()
                .put("type", "about:blank")
                .put("status", status)
                .put("detail", detail)
                .encode());
  }

  private static void send(HttpServerRequest request, int status, JsonObject body) {
    request.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8");
    request.response().setStatusCode(status).end(body.encode());
  }
}
