package io.podium.read.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.podium.listing.BoardInfo;
import io.podium.read.page.BoardBook;
import io.podium.read.page.BoardView;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** {@code GET /v1/boards}. One per event loop; the document is made once per version. */
final class BoardsRoute {
  /** A catalogue has thousands of brands: what is beyond is left out and told as more. */
  private static final int MAX_VALUES = 1_000;

  private final Answers answers;
  private BoardBook made = BoardBook.EMPTY;
  private Asset asset = Asset.of(new byte[0], Asset.JSON, "no-store");

  BoardsRoute(Answers answers) {
    this.answers = answers;
  }

  void answer(HttpServerRequest request, BoardBook boards, long started) {
    if (made != boards) {
      asset = Asset.of(Answers.write(out -> boards(out, boards)), Asset.JSON, Answers.SHORT);
      made = boards;
    }
    answers.document(request, asset, started);
  }

  private static void boards(JsonGenerator out, BoardBook boards) throws IOException {
    out.writeArrayFieldStart("boards");
    for (BoardView board : boards.boards()) {
      board(out, board.info(), board.maxAge());
    }
    out.writeEndArray();
  }

  private static void board(JsonGenerator out, BoardInfo info, int maxAge) throws IOException {
    out.writeStartObject();
    out.writeStringField("board", info.name());
    out.writeObjectFieldStart("title");
    for (Map.Entry<String, String> title : new TreeMap<>(info.titles()).entrySet()) {
      out.writeStringField(title.getKey(), title.getValue());
    }
    out.writeEndObject();
    out.writeNumberField("size", info.size());
    out.writeArrayFieldStart("slices");
    for (List<String> cut : info.slices()) {
      out.writeStartArray();
      for (String dimension : cut) {
        out.writeString(dimension);
      }
      out.writeEndArray();
    }
    out.writeEndArray();
    dimensions(out, info);
    out.writeObjectFieldStart("freshness");
    out.writeStringField("publishEvery", info.publishEvery().toString());
    out.writeNumberField("maxAge", maxAge);
    out.writeStringField("staleIfError", info.staleIfError().toString());
    out.writeStringField("cursorTtl", info.cursorTtl().toString());
    out.writeEndObject();
    out.writeEndObject();
  }

  private static void dimensions(JsonGenerator out, BoardInfo info) throws IOException {
    out.writeArrayFieldStart("dimensions");
    for (Map.Entry<String, List<String>> e : new TreeMap<>(info.values()).entrySet()) {
      out.writeStartObject();
      out.writeStringField("name", e.getKey());
      out.writeStringField("parameter", BoardView.parameter(e.getKey()));
      out.writeArrayFieldStart("values");
      for (String value : e.getValue().subList(0, Math.min(MAX_VALUES, e.getValue().size()))) {
        out.writeString(value);
      }
      out.writeEndArray();
      out.writeNumberField("more", Math.max(0, e.getValue().size() - MAX_VALUES));
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
