package io.podium.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of all members of an answer, as paths; arrays add no step. Cards, slices and titles are
 * not entered: their members are the shop's own.
 */
final class PublicMembers {
  static final Set<String> HEAD =
      Set.of("board", "slice", "shows", "epoch", "baseline", "asOf", "hash", "total");

  private static final Set<String> OPEN = Set.of("product", "slice", "shows", "title");

  private PublicMembers() {}

  static Set<String> of(JsonNode answer) {
    Set<String> names = new TreeSet<>();
    collect("", answer, names);
    return names;
  }

  private static void collect(String path, JsonNode node, Set<String> names) {
    if (node.isArray()) {
      node.forEach(each -> collect(path, each, names));
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      names.add(path + member.getKey());
      if (!OPEN.contains(member.getKey())) {
        collect(path + member.getKey() + ".", member.getValue(), names);
      }
    }
  }

  /** The members every answer about a listing starts with, and {@code own}. */
  static Set<String> headAnd(String... own) {
    Set<String> names = new TreeSet<>(HEAD);
    names.addAll(Set.of(own));
    return names;
  }
}
