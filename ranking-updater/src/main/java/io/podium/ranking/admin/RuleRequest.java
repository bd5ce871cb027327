package io.podium.ranking.admin;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.ranking.board.Board;
import io.podium.ranking.board.Moment;
import io.podium.ranking.board.Rule;
import io.podium.ranking.board.RuleException;
import io.podium.ranking.board.RuleParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A rule as somebody wants it: strict, and with the author of the credential. */
final class RuleRequest {
  /** What the API tells of a rule beyond what is to be said; may stand there, and is not read. */
  private static final List<String> TOLD = List.of("author", "version", "changed");

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private RuleRequest() {}

  /**
   * @throws Refusal 400, naming the member
   */
  static Rule read(Call call, Listed listed, Instant now, boolean reasonNeeded) throws Refusal {
    ObjectNode json = object(call.body().getBytes());
    json.remove(TOLD);
    json.put("author", call.author());
    if (!json.hasNonNull("id")) {
      json.put("id", "r-" + Long.toString(RANDOM.nextLong() >>> 1, 36));
    }
    Rule rule = parse(json);
    if (!listed.names().contains(rule.board())) {
      throw Refusal.bad("board", rule.board() + " is none of " + listed.names());
    }
    Board board = listed.board(rule.board());
    if (rule.slice() != null && !Listed.isSlice(board, rule.slice())) {
      throw Refusal.bad("slice", "the board's slices are " + board.slices());
    }
    if (rule.place() > board.size()) {
      throw Refusal.bad("place", rule.place() + " is beyond the board's size, " + board.size());
    }
    // Not when rules are read: those of before may lie further ahead.
    bounded("from", rule.from());
    bounded("until", rule.until());
    if (rule.until() != null && !rule.until().isAfter(now)) {
      throw Refusal.bad("until", rule.until() + " is in the past");
    }
    if (reasonNeeded && rule.reason().isBlank()) {
      throw Refusal.bad("reason", "is needed: why the rule is made");
    }
    return rule;
  }

  private static void bounded(String member, @Nullable Instant moment) throws Refusal {
    if (moment != null && !Moment.isAllowed(moment)) {
      throw Refusal.bad(member, Moment.ALLOWED);
    }
  }

  private static ObjectNode object(byte[] body) throws Refusal {
    try {
      JsonNode root = JSON.readTree(body);
      if (root instanceof ObjectNode object) {
        return object;
      }
      throw Refusal.bad("body", "one rule, a JSON object");
    } catch (IOException e) {
      // Also NaN and infinity, which JSON does not have.
      throw Refusal.bad(
          "body", "not JSON: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private static Rule parse(ObjectNode json) throws Refusal {
    try {
      return RuleParser.parse(json.toString().getBytes(StandardCharsets.UTF_8)).get(0);
    } catch (RuleException e) {
      throw new Refusal(400, "Malformed rule", String.valueOf(e.getMessage()), java.util.Map.of());
    }
  }

  static String action(Rule rule) {
    return rule.action().name().toLowerCase(Locale.ROOT);
  }
}
