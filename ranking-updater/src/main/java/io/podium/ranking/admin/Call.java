package io.podium.ranking.admin;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request, whole.
 *
 * @param rest of the path, behind the route's own; without a slash before it
 * @param author whose credential it carries
 */
record Call(
    String method, String rest, MultiMap query, MultiMap headers, Buffer body, String author) {

  /** The parts of {@link #rest}, decoded. */
  List<String> parts() throws Refusal {
    if (rest.isEmpty()) {
      return List.of();
    }
    try {
      return List.of(rest.split("/", -1)).stream().map(Call::decoded).toList();
    } catch (IllegalArgumentException e) {
      throw Refusal.bad("path", "is not percent-encoded UTF-8");
    }
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Nullable String parameter(String name) throws Refusal {
    List<String> all = query.getAll(name);
    if (all.size() > 1) {
      throw Refusal.bad(name, "stands twice");
    }
    return all.isEmpty() ? null : all.get(0);
  }

  /** The first language that the caller reads, as {@code ko}; empty when it says none. */
  String language() {
    String accepted = headers.get("Accept-Language");
    return accepted == null ? "" : accepted.split("[-,;]", 2)[0].strip();
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }
}
