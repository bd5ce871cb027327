package io.podium.ranking.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What moved between two lists of products, each best first. */
final class Difference {
  private Difference() {}

  /** Puts {@code entered}, {@code left}, {@code moved} and {@code overlap} (0 to 1). */
  static void put(
      ObjectNode json, List<String> before, List<String> after, Map<String, String> names) {
    Map<String, Integer> then = ranks(before);
    Map<String, Integer> now = ranks(after);
    ArrayNode entered = json.putArray("entered");
    ArrayNode left = json.putArray("left");
    ArrayNode moved = json.putArray("moved");
    int both = 0;
    for (Map.Entry<String, Integer> e : now.entrySet()) {
      Integer was = then.get(e.getKey());
      if (was == null) {
        named(entered.addObject(), e.getKey(), names).put("rank", e.getValue());
      } else {
        both++;
        if (!was.equals(e.getValue())) {
          named(moved.addObject(), e.getKey(), names).put("from", was).put("to", e.getValue());
        }
      }
    }
    for (Map.Entry<String, Integer> e : then.entrySet()) {
      if (!now.containsKey(e.getKey())) {
        named(left.addObject(), e.getKey(), names).put("rank", e.getValue());
      }
    }
    int longer = Math.max(then.size(), now.size());
    json.put("overlap", longer == 0 ? 1 : Math.round(1000.0 * both / longer) / 1000.0);
  }

  private static Map<String, Integer> ranks(List<String> products) {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    products.forEach(p -> ranks.put(p, ranks.size() + 1));
    return ranks;
  }

  private static ObjectNode named(ObjectNode json, String id, Map<String, String> names) {
    json.put("productId", id);
    String name = names.get(id);
    return name == null ? json : json.put("name", name);
  }
}
