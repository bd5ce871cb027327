package io.podium.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import io.podium.listing.Omitted;
import io.podium.listing.Slice;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A whole listing. Version 1 is the first: JSON with one-letter members, an entry as {@code
 * ["P1",532,1,4,1]} (id, score, organic rank, baseline rank, the sum of 1: promoted and 2: buried),
 * an omitted entry as {@code ["P2",17,9,"HIDDEN",1]} (1: moved); about 10 bytes an entry once
 * deflated. Flags of 0 are left out, and so is {@code shownFrom} when it is {@code asOf}.
 */
public final class ListingCodec {
  static final int VERSION = 1;
  private static final int OLDEST_READER = 1;
  private static final int PROMOTED = 1;
  private static final int BURIED = 2;
  private static final int MOVED = 1;

  private ListingCodec() {}

  public static byte[] encode(Listing listing) {
    byte[] body =
        Json.write(
            out -> {
              out.writeStartObject();
              head(out, listing);
              out.writeArrayFieldStart("i");
              for (Entry e : listing.entries()) {
                entry(out, e);
              }
              out.writeEndArray();
              out.writeArrayFieldStart("o");
              for (Omitted o : listing.omitted()) {
                omitted(out, o);
              }
              out.writeEndArray();
              out.writeEndObject();
            });
    return Frame.write(Frame.LISTING, VERSION, OLDEST_READER, body);
  }

  /**
   * @throws io.podium.store.StoreException CORRUPT when the bytes are not a readable listing
   */
  public static Listing decode(byte[] bytes) {
    return Json.read(Frame.read(Frame.LISTING, VERSION, bytes).body(), ListingCodec::listing);
  }

  private static Listing listing(JsonNode node) {
    List<Entry> entries = new ArrayList<>();
    Json.need(node, "i").forEach(e -> entries.add(entry(e)));
    List<Omitted> omitted = new ArrayList<>();
    Json.need(node, "o").forEach(o -> omitted.add(omitted(o)));
    return head(node, entries, omitted);
  }

  static void head(JsonGenerator out, Listing l) throws IOException {
    out.writeStringField("b", l.key().board());
    slice(out, "s", l.key().slice());
    out.writeNumberField("e", l.epoch());
    out.writeNumberField("m", l.baseline());
    Instant asOf = l.asOf();
    out.writeNumberField("t", asOf.getEpochSecond());
    out.writeNumberField("n", asOf.getNano());
    Instant from = l.shownFrom();
    if (!from.equals(asOf)) {
      out.writeArrayFieldStart("f");
      out.writeNumber(from.getEpochSecond());
      out.writeNumber(from.getNano());
      out.writeEndArray();
    }
    out.writeStringField("h", l.hash());
    out.writeStringField("c", l.chain());
    out.writeNumberField("x", l.scoreShift());
    Slice shows = l.shows();
    if (shows != null) {
      slice(out, "w", shows);
    }
  }

  static Listing head(JsonNode node, List<Entry> entries, List<Omitted> omitted) {
    JsonNode shows = node.get("w");
    JsonNode from = node.get("f");
    Instant asOf = instant(Json.need(node, "t"), Json.need(node, "n"));
    return new Listing(
        new ListingKey(Json.text(Json.need(node, "b")), slice(Json.need(node, "s"))),
        Json.need(node, "e").longValue(),
        Json.need(node, "m").longValue(),
        asOf,
        from == null ? asOf : instant(Json.need(from, 0), Json.need(from, 1)),
        Json.text(Json.need(node, "h")),
        Json.text(Json.need(node, "c")),
        shows == null ? null : slice(shows),
        Json.need(node, "x").intValue(),
        entries,
        omitted);
  }

  private static Instant instant(JsonNode seconds, JsonNode nanos) {
    return Instant.ofEpochSecond(seconds.longValue(), nanos.longValue());
  }

  private static void slice(JsonGenerator out, String name, Slice slice) throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, String> e : slice.values().entrySet()) {
      out.writeStringField(e.getKey(), e.getValue());
    }
    out.writeEndObject();
  }

  private static Slice slice(JsonNode node) {
    Map<String, String> values = new TreeMap<>();
    node.properties().forEach(e -> values.put(e.getKey(), Json.text(e.getValue())));
    return Slice.of(values);
  }

  static void entry(JsonGenerator out, Entry e) throws IOException {
    out.writeStartArray();
    out.writeString(e.productId());
    out.writeNumber(e.score());
    out.writeNumber(e.organicRank());
    out.writeNumber(e.baselineRank());
    flags(out, (e.promoted() ? PROMOTED : 0) + (e.buried() ? BURIED : 0));
    out.writeEndArray();
  }

  static Entry entry(JsonNode node) {
    int flags = flags(node);
    return new Entry(
        Json.text(Json.need(node, 0)),
        Json.need(node, 1).bigIntegerValue(),
        Json.need(node, 2).intValue(),
        Json.need(node, 3).intValue(),
        (flags & PROMOTED) != 0,
        (flags & BURIED) != 0);
  }

  private static void flags(JsonGenerator out, int flags) throws IOException {
    if (flags != 0) {
      out.writeNumber(flags);
    }
  }

  private static int flags(JsonNode node) {
    JsonNode flags = node.get(4);
    return flags == null ? 0 : flags.intValue();
  }

  static void omitted(JsonGenerator out, Omitted o) throws IOException {
    out.writeStartArray();
    out.writeString(o.productId());
    out.writeNumber(o.score());
    out.writeNumber(o.organicRank());
    out.writeString(o.reason().name());
    flags(out, o.moved() ? MOVED : 0);
    out.writeEndArray();
  }

  static Omitted omitted(JsonNode node) {
    return new Omitted(
        Json.text(Json.need(node, 0)),
        Json.need(node, 1).bigIntegerValue(),
        Json.need(node, 2).intValue(),
        Omitted.Reason.valueOf(Json.text(Json.need(node, 3))),
        (flags(node) & MOVED) != 0);
  }
}
