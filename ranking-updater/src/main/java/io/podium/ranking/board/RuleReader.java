package io.podium.ranking.board;

import com.fasterxml.jackson.databind.JsonNode;
import io.podium.listing.Slice;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one rule, member by member. */
final class RuleReader {
  private static final int MAX_TEXT = 200;
  private static final int MAX_REASON = 2_000;
  private static final int MAX_PLACE = 1_000;
  private static final BigDecimal MAX_FACTOR = new BigDecimal("1000000");
  private static final int MAX_DIGITS = 12;
  private static final Set<String> MEMBERS =
      Set.of(
          "id",
          "board",
          "slice",
          "productId",
          "action",
          "place",
          "factor",
          "from",
          "until",
          "author",
          "reason");

  private final String path;
  private final JsonNode json;

  /**
   * @param path where it stands, as {@code [2]}; empty for a single rule
   */
  RuleReader(String path, JsonNode json) {
    this.path = path;
    this.json = json;
  }

  Rule rule() throws RuleException {
    if (!json.isObject()) {
      throw new RuleException(path, (path + ": a rule is a JSON object").replaceFirst("^: ", ""));
    }
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!MEMBERS.contains(name)) {
        throw refuse(name, "one of " + String.join(", ", MEMBERS.stream().sorted().toList()));
      }
    }
    Rule.Action action = action();
    Instant from = instant("from");
    Instant until = instant("until");
    if (from != null && until != null && !from.isBefore(until)) {
      throw refuse("until", "a time after from");
    }
    return new Rule(
        text("id", true, MAX_TEXT),
        text("board", true, MAX_TEXT),
        slice(),
        text("productId", true, MAX_TEXT),
        action,
        place(action),
        factor(action),
        from,
        until,
        text("author", false, MAX_TEXT),
        text("reason", false, MAX_REASON));
  }

  private boolean has(String member) {
    return json.hasNonNull(member);
  }

  private Rule.Action action() throws RuleException {
    return switch (json.path("action").asText()) {
      case "pin" -> Rule.Action.PIN;
      case "boost" -> Rule.Action.BOOST;
      case "bury" -> Rule.Action.BURY;
      case "hide" -> Rule.Action.HIDE;
      default -> throw refuse("action", "pin, boost, bury or hide");
    };
  }

  private String text(String member, boolean required, int max) throws RuleException {
    if (!has(member) && !required) {
      return "";
    }
    JsonNode value = json.path(member);
    String text = value.asText();
    boolean empty = required && text.isEmpty();
    if (!value.isTextual() || empty || text.length() > max) {
      throw refuse(member, "a text of " + (required ? 1 : 0) + " to " + max + " characters");
    }
    return text;
  }

  private @Nullable Slice slice() throws RuleException {
    if (!has("slice")) {
      return null;
    }
    String allowed =
        "an object of dimensions (full names) with texts, as {\"category\":\"beauty\"}";
    if (!json.path("slice").isObject()) {
      throw refuse("slice", allowed);
    }
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> e : json.path("slice").properties()) {
      if (!e.getValue().isTextual() || e.getValue().asText().isEmpty()) {
        throw refuse("slice", allowed);
      }
      values.put(e.getKey(), e.getValue().asText());
    }
    return Slice.of(values);
  }

  private int place(Rule.Action action) throws RuleException {
    boolean pin = action == Rule.Action.PIN;
    JsonNode place = json.path("place");
    if (!pin) {
      if (has("place")) {
        throw refuse("place", "nothing here: it belongs to pin");
      }
      return 0;
    }
    if (!place.isIntegralNumber()
        || !place.canConvertToInt()
        || place.intValue() < 1
        || place.intValue() > MAX_PLACE) {
      throw refuse("place", "a whole number from 1 to " + MAX_PLACE);
    }
    return place.intValue();
  }

  private @Nullable BigDecimal factor(Rule.Action action) throws RuleException {
    boolean boost = action == Rule.Action.BOOST;
    if (!boost && action != Rule.Action.BURY) {
      if (has("factor")) {
        throw refuse("factor", "nothing here: it belongs to boost and bury");
      }
      return null;
    }
    String allowed =
        boost
            ? "a number above 1, up to " + MAX_FACTOR + ", of up to " + MAX_DIGITS + " decimals"
            : "a number above 0 and below 1, of up to " + MAX_DIGITS + " decimals";
    if (!json.path("factor").isNumber()) {
      throw refuse("factor", allowed);
    }
    BigDecimal factor = json.path("factor").decimalValue();
    // The digits are looked at before any arithmetic: 1e999999999 must not be written out.
    boolean modest = factor.scale() <= MAX_DIGITS && factor.scale() >= -MAX_DIGITS;
    boolean fits =
        modest
            && factor.signum() > 0
            && (boost
                ? factor.compareTo(BigDecimal.ONE) > 0 && factor.compareTo(MAX_FACTOR) <= 0
                : factor.compareTo(BigDecimal.ONE) < 0);
    if (!fits) {
      throw refuse("factor", allowed);
    }
    return factor;
  }

  private @Nullable Instant instant(String member) throws RuleException {
    if (!has(member)) {
      return null;
    }
    try {
      return OffsetDateTime.parse(json.path(member).asText()).toInstant();
    } catch (DateTimeException e) {
      throw refuse(member, "a time as 2026-11-22T00:00:00Z");
    }
  }

  private RuleException refuse(String member, String allowed) {
    String full = path.isEmpty() ? member : path + "." + member;
    JsonNode value = json.path(member);
    String shown = value.isMissingNode() ? "nothing" : value.toString();
    if (shown.length() > 120) {
      shown = shown.substring(0, 120) + "…";
    }
    return new RuleException(full, full + ": " + shown + " is not allowed; allowed: " + allowed);
  }
}
