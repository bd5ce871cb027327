package io.podium.ranking.rules;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.ranking.board.Rule;
import java.util.Locale;

/** A rule as the API, the log and kept evidence have it. */
public final class RuleJson {
  private RuleJson() {}

  public static ObjectNode of(Rule rule) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", rule.id()).put("board", rule.board());
    if (rule.slice() != null) {
      ObjectNode slice = json.putObject("slice");
      rule.slice().values().forEach(slice::put);
    }
    json.put("productId", rule.productId());
    json.put("action", rule.action().name().toLowerCase(Locale.ROOT));
    if (rule.action() == Rule.Action.PIN) {
      json.put("place", rule.place());
    }
    if (rule.factor() != null) {
      json.put("factor", rule.factor());
    }
    if (rule.from() != null) {
      json.put("from", rule.from().toString());
    }
    if (rule.until() != null) {
      json.put("until", rule.until().toString());
    }
    return json.put("author", rule.author()).put("reason", rule.reason());
  }
}
