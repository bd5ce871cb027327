package io.podium.ranking.ingest;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** An error as RFC 9457 tells it. */
public record Problem(int status, String title, String detail, List<Fault> errors, int retryAfter) {
  /** Faults told in one answer. */
  private static final int MAX_ERRORS = 100;

  /** One bad event of a request, by its index. */
  public record Fault(int index, String reason) {}

  public static Problem of(int status, String title, String detail) {
    return new Problem(status, title, detail, List.of(), 0);
  }

  /**
   * @param retryAfter seconds
   */
  static Problem later(int status, String title, String detail, int retryAfter) {
    return new Problem(status, title, detail, List.of(), retryAfter);
  }

  /** For what is wrong with all that was sent: told of its first event. */
  static Problem whole(String reason) {
    return malformed(List.of(new Fault(0, reason)));
  }

  static Problem malformed(List<Fault> faults) {
    int n = faults.size();
    String detail =
        n + (n == 1 ? " event is" : " events are") + " malformed; nothing of the request was kept";
    return new Problem(400, "Malformed events", detail, faults, 0);
  }

  public void send(HttpServerResponse response) {
    JsonObject body =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    if (!errors.isEmpty()) {
      JsonArray told = new JsonArray();
      errors.stream()
          .limit(MAX_ERRORS)
          .forEach(e -> told.add(new JsonObject().put("index", e.index).put("reason", e.reason)));
      body.put("errors", told);
    }
    if (retryAfter > 0) {
      response.putHeader("Retry-After", Integer.toString(retryAfter));
    }
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .putHeader("Cache-Control", "no-store")
        .end(body.toBuffer());
  }
}
