package io.podium.ranking.board;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads merchandisers' rules from JSON (DESIGN 4.4): an object or an array of them. Strict: unknown
 * members, members of another action and values out of range are refused by name.
 */
public final class RuleParser {
  private static final int MAX_RULES = 100_000;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(16).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RuleParser() {}

  /** An array of rules, or a single one. Ids must differ. */
  public static List<Rule> parse(byte[] json) throws RuleException {
    JsonNode root = read(json);
    if (!root.isArray()) {
      return List.of(new RuleReader("", root).rule());
    }
    if (root.size() > MAX_RULES) {
      throw new RuleException("", "too many rules; allowed: up to " + MAX_RULES);
    }
    List<Rule> rules = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < root.size(); i++) {
      Rule rule = new RuleReader("[" + i + "]", root.get(i)).rule();
      if (!ids.add(rule.id())) {
        throw new RuleException("[" + i + "].id", "[" + i + "].id: " + rule.id() + " stands twice");
      }
      rules.add(rule);
    }
    return List.copyOf(rules);
  }

  private static JsonNode read(byte[] json) throws RuleException {
    try {
      JsonNode root = JSON.readTree(json);
      if (root != null && !root.isMissingNode()) {
        return root;
      }
      throw new RuleException("", "no rules: allowed is a JSON array of rules, or one rule");
    } catch (JsonProcessingException e) {
      throw new RuleException(
          "", "not JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw new RuleException("", "not JSON in UTF-8");
    }
  }
}
