package io.podium.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.podium.listing.BoardInfo;
import io.podium.listing.Boards;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The boards document. Version 1 is the first: JSON with the names of {@link BoardInfo}. */
public final class BoardsCodec {
  private static final int VERSION = 1;
  private static final int OLDEST_READER = 1;

  private BoardsCodec() {}

  public static byte[] encode(Boards boards) {
    byte[] body =
        Json.write(
            out -> {
              out.writeStartObject();
              out.writeNumberField("version", boards.version());
              out.writeArrayFieldStart("boards");
              for (BoardInfo board : boards.boards()) {
                board(out, board);
              }
              out.writeEndArray();
              out.writeEndObject();
            });
    return Frame.write(Frame.BOARDS, VERSION, OLDEST_READER, body);
  }

  /**
   * @throws io.podium.store.StoreException CORRUPT when the bytes are not readable boards
   */
  public static Boards decode(byte[] bytes) {
    return Json.read(
        Frame.read(Frame.BOARDS, VERSION, bytes).body(),
        node -> {
          List<BoardInfo> boards = new ArrayList<>();
          Json.need(node, "boards").forEach(b -> boards.add(board(b)));
          return new Boards(Json.need(node, "version").longValue(), boards);
        });
  }

  private static void board(JsonGenerator out, BoardInfo b) throws IOException {
    out.writeStartObject();
    out.writeStringField("name", b.name());
    out.writeObjectFieldStart("titles");
    for (Map.Entry<String, String> e : new TreeMap<>(b.titles()).entrySet()) {
      out.writeStringField(e.getKey(), e.getValue());
    }
    out.writeEndObject();
    out.writeArrayFieldStart("slices");
    for (List<String> slice : b.slices()) {
      texts(out, slice);
    }
    out.writeEndArray();
    out.writeNumberField("size", b.size());
    out.writeStringField("publishEvery", b.publishEvery().toString());
    out.writeBooleanField("exposeScore", b.exposeScore());
    out.writeNumberField("scoreShift", b.scoreShift());
    out.writeBooleanField("shadow", b.shadow());
    out.writeStringField("cursorTtl", b.cursorTtl().toString());
    out.writeStringField("staleIfError", b.staleIfError().toString());
    out.writeObjectFieldStart("values");
    for (Map.Entry<String, List<String>> e : new TreeMap<>(b.values()).entrySet()) {
      out.writeFieldName(e.getKey());
      texts(out, e.getValue());
    }
    out.writeEndObject();
    out.writeEndObject();
  }

  private static BoardInfo board(JsonNode node) {
    Map<String, String> titles = new TreeMap<>();
    Json.need(node, "titles")
        .properties()
        .forEach(e -> titles.put(e.getKey(), Json.text(e.getValue())));
    List<List<String>> slices = new ArrayList<>();
    Json.need(node, "slices").forEach(s -> slices.add(texts(s)));
    Map<String, List<String>> values = new TreeMap<>();
    Json.need(node, "values")
        .properties()
        .forEach(e -> values.put(e.getKey(), texts(e.getValue())));
    return new BoardInfo(
        Json.text(Json.need(node, "name")),
        titles,
        slices,
        Json.need(node, "size").intValue(),
        Duration.parse(Json.text(Json.need(node, "publishEvery"))),
        Json.need(node, "exposeScore").booleanValue(),
        Json.need(node, "scoreShift").intValue(),
        Json.need(node, "shadow").booleanValue(),
        Duration.parse(Json.text(Json.need(node, "cursorTtl"))),
        Duration.parse(Json.text(Json.need(node, "staleIfError"))),
        values);
  }

  private static void texts(JsonGenerator out, List<String> texts) throws IOException {
    out.writeStartArray();
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    node.forEach(t -> texts.add(Json.text(t)));
    return texts;
  }
}
