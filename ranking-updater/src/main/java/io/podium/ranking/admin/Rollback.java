package io.podium.ranking.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.podium.codec.KeyText;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.ranking.board.Moment;
import io.podium.ranking.rules.Hold;
import io.podium.ranking.rules.RuleBook;
import io.podium.ranking.stream.EntryId;
import io.podium.ranking.stream.RuleLog.Change;
import io.podium.ranking.stream.RuleLog.Kind;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Puts a listing back to an epoch and holds it there, and lets it go again. Body: {@code epoch} or
 * {@code at} (default: what stood there before the present epoch), {@code reason}. The publisher
 * makes a new epoch of the old content; how that came is in the audit trail.
 */
final class Rollback {
  private static final List<String> MEMBERS = List.of("epoch", "at", "reason");
  private static final int MAX_REASON = 2_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RuleBook book;
  private final Listed listed;
  private final Past past;

  Rollback(RuleBook book, Listed listed, Past past) {
    this.book = book;
    this.listed = listed;
    this.past = past;
  }

  Answer rollback(Call call, String board) throws Refusal {
    ListingKey key = listed.key(board, call);
    JsonNode body = body(call);
    Listing old = old(key, body);
    String reason = reason(body);
    change(key, Hold.json(old), call.author(), reason, false);
    ObjectNode json = ListingJson.key(key).put("held", true).put("epoch", old.epoch());
    return Answer.json(json.put("asOf", old.asOf().toString()).put("author", call.author()));
  }

  Answer release(Call call, String board) throws Refusal {
    ListingKey key = listed.key(board, call);
    change(key, null, call.author(), reason(body(call)), true);
    return Answer.json(ListingJson.key(key).put("held", false));
  }

  private void change(
      ListingKey key, @Nullable String after, String author, String reason, boolean needsHold)
      throws Refusal {
    book.<Refusal>change(
        state -> {
          Hold hold = state.holds().get(key);
          if (hold == null && needsHold) {
            throw Refusal.missing("this listing is not held");
          }
          String before = hold == null ? null : Hold.json(hold.listing());
          String subject = KeyText.write(key);
          return new Change(EntryId.START, Kind.HOLD, subject, before, after, author, reason);
        });
  }

  private Listing old(ListingKey key, JsonNode body) throws Refusal {
    if (body.has("epoch")) {
      JsonNode epoch = body.path("epoch");
      if (!epoch.canConvertToLong() || !epoch.isIntegralNumber()) {
        throw Refusal.bad("epoch", "a whole number");
      }
      return past.epoch(key, epoch.longValue())
          .orElseThrow(() -> Refusal.missing("epoch: " + epoch + " is not kept"));
    }
    if (body.has("at")) {
      return past.asOf(key, instant(body.path("at").asText()))
          .orElseThrow(() -> Refusal.missing("at: history does not reach back to it"));
    }
    return before(key)
        .orElseThrow(() -> Refusal.missing("no epoch before the present one is kept"));
  }

  /** What was shown before the present content was ranked: a second rollback goes further back. */
  private Optional<Listing> before(ListingKey key) {
    return past.newest(key).flatMap(newest -> past.asOf(key, newest.asOf().minusMillis(1)));
  }

  private static Instant instant(String text) throws Refusal {
    try {
      return Moment.parse(text);
    } catch (DateTimeException e) {
      throw Refusal.bad("at", Moment.ALLOWED);
    }
  }

  private static JsonNode body(Call call) throws Refusal {
    try {
      JsonNode body = JSON.readTree(call.body().getBytes());
      if (body == null || body.isMissingNode()) {
        return JSON.createObjectNode();
      }
      if (!body.isObject()) {
        throw Refusal.bad("body", "a JSON object");
      }
      for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        if (!MEMBERS.contains(name)) {
          throw Refusal.bad(name, "allowed: " + String.join(", ", MEMBERS));
        }
      }
      return body;
    } catch (JsonProcessingException e) {
      throw new Refusal(400, "Bad request", "body: not JSON", Map.of());
    } catch (IOException e) {
      throw Refusal.bad("body", "not JSON in UTF-8");
    }
  }

  private static String reason(JsonNode body) throws Refusal {
    JsonNode reason = body.path("reason");
    String text = reason.asText();
    if (!(reason.isMissingNode() || reason.isTextual()) || text.length() > MAX_REASON) {
      throw Refusal.bad("reason", "a text of up to " + MAX_REASON + " characters");
    }
    return text;
  }
}
