package io.podium.ranking.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.ranking.board.Rule;
import io.podium.ranking.rules.RuleBook;
import io.podium.ranking.rules.RuleBook.State;
import io.podium.ranking.rules.RuleJson;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.RuleLog.Change;
import io.podium.ranking.stream.RuleLog.Kind;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET|POST|DELETE /admin/v1/rules}. A rule's {@code ETag} is the change that made it; with
 * {@code If-Match} (or {@code If-None-Match: *}) a change is refused with 412 when somebody else
 * was faster. What is decided here is decided on the newest state, or not at all.
 */
final class RulesApi implements Route {
  private static final int MAX_RULES = 10_000;
  private static final int MAX_REASON = 2_000;

  private final RuleBook book;
  private final Listed listed;
  private final Clock clock;

  RulesApi(RuleBook book, Listed listed, Clock clock) {
    this.book = book;
    this.listed = listed;
    this.clock = clock;
  }

  @Override
  public Answer answer(Call call) throws Refusal {
    String id = call.rest().isEmpty() ? call.parameter("id") : String.join("/", call.parts());
    return switch (call.method()) {
      case "GET" -> id == null ? list() : one(id);
      case "POST" -> post(call);
      case "DELETE" -> delete(call, id);
      default -> throw Refusal.method("GET, POST, DELETE");
    };
  }

  private Answer list() {
    State state = book.state();
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    state.rules().forEach(r -> array.add(told(r, state)));
    return Answer.json(array);
  }

  private static ObjectNode told(Rule rule, State state) {
    ObjectNode json = RuleJson.of(rule);
    EntryId version = state.versions().get(rule.id());
    return version == null
        ? json
        : json.put("version", version.toString())
            .put("changed", java.time.Instant.ofEpochMilli(version.millis()).toString());
  }

  private Answer one(String id) throws Refusal {
    State state = book.state();
    Rule rule = state.rule(id).orElseThrow(() -> Refusal.missing("rule: " + id + " is not there"));
    return Answer.json(200, told(rule, state), etag(state.versions().get(id)));
  }

  private static Map<String, String> etag(@Nullable EntryId version) {
    return version == null ? Map.of() : Map.of("ETag", "\"" + version + "\"");
  }

  private Answer post(Call call) throws Refusal {
    if (!call.rest().isEmpty()) {
      throw Refusal.method("GET, DELETE");
    }
    Rule rule = RuleRequest.read(call, listed, clock.instant(), true);
    String json = RuleJson.of(rule).toString();
    Change made =
        book.<Refusal>change(
            state -> {
              matches(call, state, rule.id());
              Optional<Rule> before = state.rule(rule.id());
              if (before.isEmpty() && state.rules().size() >= MAX_RULES) {
                String detail = "delete some of the " + MAX_RULES + " first";
                throw new Refusal(409, "Too many rules", detail, Map.of());
              }
              return change(rule.id(), before, json, call.author(), rule.reason());
            });
    int status = made.before() == null ? 201 : 200;
    ObjectNode told = RuleJson.of(rule).put("version", made.id().toString());
    return Answer.json(status, told, etag(made.id()));
  }

  private Answer delete(Call call, @Nullable String id) throws Refusal {
    if (id == null) {
      throw Refusal.bad("id", "is needed: DELETE " + Desk.RULES + "/{id}");
    }
    String reason = Optional.ofNullable(call.parameter("reason")).orElse("");
    if (reason.length() > MAX_REASON) {
      throw Refusal.bad("reason", "a text of up to " + MAX_REASON + " characters");
    }
    book.<Refusal>change(
        state -> {
          matches(call, state, id);
          Optional<Rule> before = state.rule(id);
          if (before.isEmpty()) {
            throw Refusal.missing("rule: " + id + " is not there");
          }
          return change(id, before, null, call.author(), reason);
        });
    return Answer.none();
  }

  private static Change change(
      String id, Optional<Rule> before, @Nullable String after, String author, String reason) {
    String was = before.map(r -> RuleJson.of(r).toString()).orElse(null);
    return new Change(EntryId.START, Kind.RULE, id, was, after, author, reason);
  }

  private static void matches(Call call, State state, String id) throws Refusal {
    EntryId version = state.versions().get(id);
    String wanted = call.header("If-Match");
    boolean changed =
        wanted != null
            && (version == null || !(wanted.equals("*") || wanted.equals("\"" + version + "\"")));
    boolean exists = "*".equals(call.header("If-None-Match")) && version != null;
    if (changed || exists) {
      String who = state.rule(id).map(r -> " by " + r.author()).orElse("");
      String detail =
          version == null ? "it was deleted meanwhile" : "it was changed meanwhile" + who;
      throw new Refusal(412, "Precondition failed", "rule " + id + ": " + detail, etag(version));
    }
  }
}
