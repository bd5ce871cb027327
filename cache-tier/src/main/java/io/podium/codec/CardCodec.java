package io.podium.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.card.Stamp;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A card. Version 1 is the first: {@code {"p":id,"r":[stamp],"m":{name:[seconds,nanos,eventId,
 * value]}}}; a value that was removed is left out. Members keep the JSON text they came with, so
 * that members and numbers unknown to Podium survive as they are. So does what a later version
 * stores beside {@code p}, {@code r} and {@code m}: cards are read, merged and written again by
 * updaters of both versions.
 */
public final class CardCodec {
  private static final int VERSION = 1;
  private static final int OLDEST_READER = 1;
  private static final Set<String> KNOWN = Set.of("p", "r", "m");

  private CardCodec() {}

  public static byte[] encode(Card card) {
    byte[] body =
        Json.write(
            out -> {
              out.writeStartObject();
              out.writeStringField("p", card.productId());
              Stamp removed = card.removed();
              if (removed != null) {
                out.writeArrayFieldStart("r");
                stamp(out, removed);
                out.writeEndArray();
              }
              out.writeObjectFieldStart("m");
              for (Map.Entry<String, Member> e : card.members().entrySet()) {
                out.writeFieldName(e.getKey());
                member(out, e.getValue());
              }
              out.writeEndObject();
              for (Map.Entry<String, String> e : card.unknown().entrySet()) {
                out.writeFieldName(e.getKey());
                out.writeRawValue(e.getValue());
              }
              out.writeEndObject();
            });
    return Frame.write(Frame.CARD, VERSION, OLDEST_READER, body);
  }

  /**
   * @throws io.podium.store.StoreException CORRUPT when the bytes are not a readable card
   */
  public static Card decode(byte[] bytes) {
    return Json.read(Frame.read(Frame.CARD, VERSION, bytes).body(), CardCodec::card);
  }

  private static Card card(JsonNode node) {
    TreeMap<String, Member> members = new TreeMap<>();
    Json.need(node, "m").properties().forEach(e -> members.put(e.getKey(), member(e.getValue())));
    JsonNode removed = node.get("r");
    return new Card(
        Json.text(Json.need(node, "p")),
        members,
        removed == null ? null : stamp(removed),
        unknown(node));
  }

  private static SortedMap<String, String> unknown(JsonNode node) {
    TreeMap<String, String> unknown = new TreeMap<>();
    for (Map.Entry<String, JsonNode> e : node.properties()) {
      if (!KNOWN.contains(e.getKey())) {
        unknown.put(e.getKey(), e.getValue().toString());
      }
    }
    return unknown;
  }

  private static void member(JsonGenerator out, Member member) throws IOException {
    out.writeStartArray();
    stamp(out, member.stamp());
    String json = member.json();
    if (json != null) {
      // As a string: the text stays as it is, to the digit.
      out.writeString(json);
    }
    out.writeEndArray();
  }

  private static Member member(JsonNode node) {
    JsonNode json = node.get(3);
    return new Member(stamp(node), text(json));
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    return node == null ? null : Json.text(node);
  }

  private static void stamp(JsonGenerator out, Stamp stamp) throws IOException {
    Instant time = stamp.time();
    out.writeNumber(time.getEpochSecond());
    out.writeNumber(time.getNano());
    out.writeString(stamp.eventId());
  }

  private static Stamp stamp(JsonNode node) {
    return new Stamp(
        Instant.ofEpochSecond(Json.need(node, 0).longValue(), Json.need(node, 1).longValue()),
        Json.text(Json.need(node, 2)));
  }
}
