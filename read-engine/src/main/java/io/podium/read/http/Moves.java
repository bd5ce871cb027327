package io.podium.read.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.read.page.BoardView;
import io.podium.read.page.PageEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What moved between two epochs of a listing, as one event of the stream. */
final class Moves {
  private Moves() {}

  /**
   * @param before what the client has; null when that is not known: then every entry is told, and
   *     the event says {@code "reset":true}
   * @return one whole event, with its empty line
   */
  static String event(BoardView board, @Nullable Listing before, Listing now) {
    byte[] data =
        Answers.write(
            out -> {
              PageEncoder.head(out, now);
              if (before == null) {
                out.writeBooleanField("reset", true);
              } else {
                out.writeNumberField("previous", before.epoch());
              }
              out.writeNumberField("total", now.entries().size());
              moved(out, board, before == null ? List.of() : before.entries(), now);
            });
    return "id: " + now.epoch() + "\ndata: " + new String(data, StandardCharsets.UTF_8) + "\n\n";
  }

  private static void moved(JsonGenerator out, BoardView board, List<Entry> before, Listing now)
      throws IOException {
    Map<String, Integer> left = new HashMap<>();
    for (int i = 0; i < before.size(); i++) {
      left.put(before.get(i).productId(), i + 1);
    }
    out.writeArrayFieldStart("moved");
    for (int i = 0; i < now.entries().size(); i++) {
      Entry entry = now.entries().get(i);
      Integer from = left.remove(entry.productId());
      if (from == null || from != i + 1) {
        moved(out, board, now, entry, i + 1, from);
      }
    }
    out.writeEndArray();
    out.writeArrayFieldStart("left");
    for (Entry entry : before) {
      if (left.containsKey(entry.productId())) {
        out.writeString(entry.productId());
      }
    }
    out.writeEndArray();
  }

  private static void moved(
      JsonGenerator out,
      BoardView board,
      Listing now,
      Entry entry,
      int rank,
      @Nullable Integer from)
      throws IOException {
    out.writeStartObject();
    out.writeStringField("productId", entry.productId());
    out.writeNumberField("rank", rank);
    if (from == null) {
      out.writeNullField("from");
    } else {
      out.writeNumberField("from", from);
    }
    PageEncoder.place(out, board, now, entry, rank);
    out.writeEndObject();
  }
}
