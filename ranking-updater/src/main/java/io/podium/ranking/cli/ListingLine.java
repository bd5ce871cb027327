package io.podium.ranking.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.podium.listing.Slice;
import io.podium.ranking.core.Ranked;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.Map;

/** A listing as one line of JSON (DESIGN 4.1). */
final class ListingLine {
  private static final JsonFactory JSON = new JsonFactory();

  private ListingLine() {}

  static String of(Ranked ranked) throws IOException {
    StringWriter line = new StringWriter();
    try (JsonGenerator g = JSON.createGenerator(line)) {
      g.writeStartObject();
      g.writeStringField("board", ranked.key().board());
      writeSlice("slice", ranked.key().slice(), g);
      g.writeStringField("asOf", ranked.asOf().toString());
      g.writeStringField("hash", ranked.hash());
      if (ranked.shows() != null) {
        writeSlice("shows", ranked.shows(), g);
      }
      writeOrganic(ranked, g);
      writeItems(ranked, g);
      g.writeEndObject();
    }
    return line.toString();
  }

  private static void writeSlice(String name, Slice slice, JsonGenerator g) throws IOException {
    g.writeObjectFieldStart(name);
    for (Map.Entry<String, String> cut : slice.values().entrySet()) {
      g.writeStringField(cut.getKey(), cut.getValue());
    }
    g.writeEndObject();
  }

  private static void writeOrganic(Ranked ranked, JsonGenerator g) throws IOException {
    g.writeArrayFieldStart("organic");
    for (Ranked.Organic entry : ranked.organic()) {
      g.writeStartObject();
      g.writeStringField("productId", entry.productId());
      g.writeFieldName("score");
      writeScore(entry.score(), ranked.scoreShift(), g);
      g.writeEndObject();
    }
    g.writeEndArray();
  }

  /** Both the conversion (to the nearest double) and the scaling (by a power of two) are exact. */
  private static void writeScore(BigInteger score, int shift, JsonGenerator g) throws IOException {
    if (shift == 0) {
      g.writeNumber(score);
    } else {
      g.writeNumber(Math.scalb(score.doubleValue(), -shift));
    }
  }

  private static void writeItems(Ranked ranked, JsonGenerator g) throws IOException {
    g.writeArrayFieldStart("items");
    for (int i = 0; i < ranked.displayed().size(); i++) {
      Ranked.Displayed item = ranked.displayed().get(i);
      g.writeStartObject();
      g.writeNumberField("rank", i + 1);
      g.writeStringField("productId", item.productId());
      g.writeBooleanField("promoted", item.promoted());
      g.writeEndObject();
    }
    g.writeEndArray();
  }
}
