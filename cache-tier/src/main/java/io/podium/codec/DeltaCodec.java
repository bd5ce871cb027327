package io.podium.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.Omitted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A listing as its difference from the epoch before it, for a compact history. A list is written as
 * runs taken over from the base ({@code start,length}: two numbers) and new elements (arrays).
 */
public final class DeltaCodec {
  private static final int VERSION = 1;
  private static final int OLDEST_READER = 1;

  private DeltaCodec() {}

  /**
   * @param base the listing of the same key that the reader will have at hand
   */
  public static byte[] encode(Listing listing, Listing base) {
    byte[] body =
        Json.write(
            out -> {
              out.writeStartObject();
              ListingCodec.head(out, listing);
              out.writeNumberField("base", base.epoch());
              out.writeArrayFieldStart("i");
              list(out, listing.entries(), base.entries(), ListingCodec::entry);
              out.writeEndArray();
              out.writeArrayFieldStart("o");
              list(out, listing.omitted(), base.omitted(), ListingCodec::omitted);
              out.writeEndArray();
              out.writeEndObject();
            });
    return Frame.write(Frame.DELTA, VERSION, OLDEST_READER, body);
  }

  /**
   * @throws io.podium.store.StoreException CORRUPT when the bytes are not a readable delta, or one
   *     of another base
   */
  public static Listing decode(byte[] bytes, Listing base) {
    return Json.read(
        Frame.read(Frame.DELTA, VERSION, bytes).body(),
        node -> {
          if (Json.need(node, "base").longValue() != base.epoch()) {
            throw new IllegalArgumentException("delta of another base");
          }
          List<Entry> entries = list(Json.need(node, "i"), base.entries(), ListingCodec::entry);
          List<Omitted> omitted = list(Json.need(node, "o"), base.omitted(), ListingCodec::omitted);
          return ListingCodec.head(node, entries, omitted);
        });
  }

  private interface Writer<T> {
    void write(JsonGenerator out, T element) throws IOException;
  }

  private static <T> void list(JsonGenerator out, List<T> list, List<T> base, Writer<T> writer)
      throws IOException {
    Map<T, Integer> places = new HashMap<>();
    for (int i = 0; i < base.size(); i++) {
      places.put(base.get(i), i);
    }
    int at = 0;
    while (at < list.size()) {
      Integer start = places.get(list.get(at));
      if (start == null) {
        writer.write(out, list.get(at++));
        continue;
      }
      int length = 1;
      while (at + length < list.size()
          && start + length < base.size()
          && list.get(at + length).equals(base.get(start + length))) {
        length++;
      }
      out.writeNumber(start);
      out.writeNumber(length);
      at += length;
    }
  }

  private static <T> List<T> list(JsonNode node, List<T> base, Function<JsonNode, T> reader) {
    List<T> list = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      JsonNode element = Json.need(node, i);
      if (element.isArray()) {
        list.add(reader.apply(element));
      } else {
        int start = element.intValue();
        list.addAll(base.subList(start, start + Json.need(node, ++i).intValue()));
      }
    }
    return list;
  }
}
