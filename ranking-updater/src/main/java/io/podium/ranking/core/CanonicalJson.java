package io.podium.ranking.core;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes RFC 8785 (JCS) of what a listing's hash covers: objects, arrays, strings, booleans and
 * integers up to 2^53. Members are sorted by UTF-16 unit, strings have the fewest escapes.
 */
final class CanonicalJson {
  private CanonicalJson() {}

  static void append(Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> map) {
      object(map, out);
    } else if (value instanceof Collection<?> list) {
      array(list, out);
    } else if (value instanceof String text) {
      append(text, out);
    } else if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
      out.append(value);
    } else {
      throw new IllegalArgumentException("no canonical form: " + value.getClass());
    }
  }

  static void append(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static void object(Map<?, ?> map, StringBuilder out) {
    // String's own order is by UTF-16 unit, as the RFC asks.
    TreeMap<String, Object> sorted = new TreeMap<>();
    map.forEach((name, value) -> sorted.put((String) name, value));
    String separator = "{";
    for (Map.Entry<String, Object> member : sorted.entrySet()) {
      out.append(separator);
      append(member.getKey(), out);
      out.append(':');
      append(member.getValue(), out);
      separator = ",";
    }
    out.append(sorted.isEmpty() ? "{}" : "}");
  }

  private static void array(Collection<?> list, StringBuilder out) {
    String separator = "[";
    for (Object value : list) {
      out.append(separator);
      append(value, out);
      separator = ",";
    }
    out.append(list.isEmpty() ? "[]" : "]");
  }
}
