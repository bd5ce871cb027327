package io.podium.read.hit;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Set;

/** Which pages of other origins may read the answers; none unless configured. */
public final class Cors {
  /** Of an answer's head, what a page may read beyond what every page may. */
  private static final String EXPOSED = "Age, Cache-Status, ETag, Link, Retry-After";

  public static final Cors OFF = new Cors(List.of());

  private final Set<String> origins;
  private final boolean any;

  /**
   * @param origins as in the Origin header, or {@code *} for all
   */
  public Cors(List<String> origins) {
    this.origins = Set.copyOf(origins);
    this.any = origins.contains("*");
  }

  public boolean isOn() {
    return !origins.isEmpty();
  }

  /** Whether every answer has the same lines, whoever asks. */
  boolean isSameForAll() {
    return origins.isEmpty() || any;
  }

  /** Those lines of an answer's head that do not depend on who asks, with what it varies by. */
  String lines(String vary) {
    if (any) {
      return "vary: "
          + vary
          + "\r\naccess-control-allow-origin: *\r\n"
          + ("access-control-expose-headers: " + EXPOSED + "\r\n");
    }
    return "vary: " + vary + (origins.isEmpty() ? "" : ", Origin") + "\r\n";
  }

  /** Adds what lets the asking page read the answer. */
  public void apply(MultiMap asked, MultiMap head) {
    if (origins.isEmpty()) {
      return;
    }
    if (any) {
      allow("*", head);
      return;
    }
    String vary = head.get(HttpHeaders.VARY);
    head.set(HttpHeaders.VARY, vary == null ? "Origin" : vary + ", Origin");
    String origin = asked.get(HttpHeaders.ORIGIN);
    if (origin != null && origins.contains(origin)) {
      allow(origin, head);
    }
  }

  private static void allow(String origin, MultiMap head) {
    head.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    head.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
  }
}
