package io.podium.read.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request target, taken apart and decoded.
 *
 * @param path segments, without the leading slash; a trailing slash gives an empty last one
 * @param parameters raw values by name, in the order given
 */
record Target(List<String> path, Map<String, String> parameters) {
  /** More than any address here needs: what is beyond is refused before it costs anything. */
  private static final int MAX_PARAMETERS = 16;

  /**
   * @param uri origin form, or absolute form with any authority
   * @throws Refusal naming what is malformed
   */
  static Target parse(String uri) {
    String origin = origin(uri);
    int query = origin.indexOf('?');
    String path = query < 0 ? origin : origin.substring(0, query);
    List<String> segments = new ArrayList<>();
    for (String segment : path.substring(1).split("/", -1)) {
      String decoded = Percent.decode(segment, '+');
      if (decoded == null) {
        throw Problem.MALFORMED_TARGET.refusal();
      }
      segments.add(decoded);
    }
    return new Target(segments, query < 0 ? Map.of() : parameters(origin.substring(query + 1)));
  }

  /**
   * Path and query of a target in origin form, or in absolute form with any authority.
   *
   * @throws Refusal that ends the connection, when it is in neither
   */
  private static String origin(String uri) {
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '#' || c == '\\') {
        throw Problem.MALFORMED_REQUEST.refusal();
      }
    }
    if (uri.startsWith("/")) {
      return uri;
    }
    int authority = scheme(uri);
    int end = authority;
    while (end < uri.length() && uri.charAt(end) != '/' && uri.charAt(end) != '?') {
      end++;
    }
    if (end == authority || uri.substring(authority, end).indexOf('@') >= 0) {
      throw Problem.MALFORMED_REQUEST.refusal();
    }
    String origin = uri.substring(end);
    return origin.startsWith("/") ? origin : "/" + origin;
  }

  private static int scheme(String uri) {
    for (String scheme : new String[] {"http://", "https://"}) {
      if (uri.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme.length();
      }
    }
    throw Problem.MALFORMED_REQUEST.refusal();
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query.isEmpty()) {
      return parameters;
    }
    for (String part : query.split("&", MAX_PARAMETERS + 1)) {
      int equals = part.indexOf('=');
      String name = Percent.decode(equals < 0 ? part : part.substring(0, equals), ' ');
      if (name == null || equals < 0 || name.isEmpty()) {
        throw Problem.MALFORMED_PARAMETER.of(name == null ? "" : name);
      }
      if (parameters.putIfAbsent(name, part.substring(equals + 1)) != null) {
        throw Problem.REPEATED_PARAMETER.of(name);
      }
    }
    return parameters;
  }

  /**
   * The decoded value; null when the parameter is not there.
   *
   * @throws Refusal when it is malformed
   */
  @Nullable String value(String name) {
    return value(name, ' ');
  }

  /** As {@link #value(String)}, with a plus sign taken for itself. */
  @Nullable String literal(String name) {
    return value(name, '+');
  }

  private @Nullable String value(String name, char plus) {
    String raw = parameters.get(name);
    if (raw == null) {
      return null;
    }
    String value = Percent.decode(raw, plus);
    if (value == null) {
      throw Problem.MALFORMED_PARAMETER.of(name);
    }
    return value;
  }
}
