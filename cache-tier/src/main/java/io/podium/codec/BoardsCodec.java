package io.podium.codec;

import static io.podium.codec.PlainJson.list;
import static io.podium.codec.PlainJson.need;
import static io.podium.codec.PlainJson.object;
import static io.podium.codec.PlainJson.text;
import static io.podium.codec.PlainJson.whole;

import com.fasterxml.jackson.core.JsonGenerator;
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
    return PlainJson.read(
        Frame.read(Frame.BOARDS, VERSION, bytes).body(),
        root -> {
          List<BoardInfo> boards = new ArrayList<>();
          list(need(root, "boards")).forEach(b -> boards.add(board(object(b))));
          return new Boards(whole(need(root, "version")), boards);
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

  private static BoardInfo board(Map<?, ?> board) {
    Map<String, String> titles = new TreeMap<>();
    object(need(board, "titles")).forEach((tag, title) -> titles.put(text(tag), text(title)));
    List<List<String>> slices = new ArrayList<>();
    list(need(board, "slices")).forEach(slice -> slices.add(texts(slice)));
    Map<String, List<String>> values = new TreeMap<>();
    object(need(board, "values")).forEach((name, known) -> values.put(text(name), texts(known)));
    return new BoardInfo(
        text(need(board, "name")),
        titles,
        slices,
        (int) whole(need(board, "size")),
        Duration.parse(text(need(board, "publishEvery"))),
        (boolean) need(board, "exposeScore"),
        (int) whole(need(board, "scoreShift")),
        (boolean) need(board, "shadow"),
        Duration.parse(text(need(board, "cursorTtl"))),
        Duration.parse(text(need(board, "staleIfError"))),
        values);
  }

  private static void texts(JsonGenerator out, List<String> texts) throws IOException {
    out.writeStartArray();
    for (String text : texts) {
      out.writeString(text);
    }
    out.writeEndArray();
  }

  private static List<String> texts(Object values) {
    List<String> texts = new ArrayList<>();
    list(values).forEach(value -> texts.add(text(value)));
    return texts;
  }
}
