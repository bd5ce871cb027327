package io.podium.ranking.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.ranking.rules.Hold;
import io.podium.ranking.rules.RuleBook;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.RuleLog.Change;
import io.podium.ranking.stream.RuleLog.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /admin/v1/audit?after=…&limit=…}: every change, oldest first. It can only be read: an
 * author's change is one more entry, never another one.
 */
final class AuditApi implements Route {
  private static final int MOST = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RuleBook book;

  AuditApi(RuleBook book) {
    this.book = book;
  }

  @Override
  public Answer answer(Call call) throws Refusal {
    if (!call.method().equals("GET")) {
      throw Refusal.method("GET");
    }
    int limit = (int) Listed.number(call, "limit", MOST, 1, MOST);
    List<Change> changes = book.changes(after(call), limit);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("changes");
    changes.forEach(c -> put(array.addObject(), c));
    if (changes.size() == limit) {
      String last = changes.get(limit - 1).id().toString();
      json.put("next", Desk.AUDIT + "?after=" + last + "&limit=" + limit);
    }
    return Answer.json(json);
  }

  private static EntryId after(Call call) throws Refusal {
    String after = call.parameter("after");
    try {
      return after == null ? EntryId.START : EntryId.parse(after);
    } catch (IllegalArgumentException e) {
      throw Refusal.bad("after", "an id as 1790000000000-0");
    }
  }

  private static void put(ObjectNode json, Change c) {
    json.put("id", c.id().toString()).put("at", Instant.ofEpochMilli(c.id().millis()).toString());
    json.put("kind", c.kind().name().toLowerCase(Locale.ROOT)).put("subject", c.subject());
    json.put("author", c.author()).put("reason", c.reason());
    json.set("before", tree(c, c.before()));
    json.set("after", tree(c, c.after()));
  }

  private static JsonNode tree(Change c, @Nullable String text) {
    if (text == null) {
      return JsonNodeFactory.instance.nullNode();
    }
    try {
      return JSON.readTree(c.kind() == Kind.HOLD ? Hold.summary(text) : text);
    } catch (JsonProcessingException e) {
      return JsonNodeFactory.instance.textNode(text);
    }
  }
}
