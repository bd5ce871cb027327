package io.podium.ranking.admin;

import io.podium.ranking.ingest.Problem;
import java.util.Map;

/** A call that is not answered, and why. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String title;
  private final transient Map<String, String> headers;

  Refusal(int status, String title, String detail, Map<String, String> headers) {
    super(detail);
    this.status = status;
    this.title = title;
    this.headers = headers;
  }

  /**
   * @param name of the parameter or member
   */
  static Refusal bad(String name, String why) {
    return new Refusal(400, "Bad request", name + ": " + why, Map.of());
  }

  static Refusal missing(String what) {
    return new Refusal(404, "Not found", what, Map.of());
  }

  static Refusal method(String allowed) {
    return new Refusal(405, "Method not allowed", "allowed: " + allowed, Map.of("Allow", allowed));
  }

  Problem problem() {
    return Problem.of(status, title, String.valueOf(getMessage()));
  }

  Map<String, String> headers() {
    return headers;
  }
}
