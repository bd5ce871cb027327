package io.podium.read.page;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.podium.card.Card;
import io.podium.card.Member;
import io.podium.listing.Entry;
import io.podium.listing.Listing;
import io.podium.listing.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a page's bytes from a listing and cards. Costs some 100 µs a page, most of it compression,
 * so only of the codings that are wanted: not for an event loop. Equal input gives equal bytes on
 * every node.
 */
public final class PageEncoder {
  private static final JsonFactory JSON = new JsonFactory();

  private final Cursors cursors;

  public PageEncoder(Cursors cursors) {
    this.cursors = cursors;
  }

  /** In every coding. */
  public Page encode(
      PageSpec spec, BoardView board, Listing listing, Map<String, Card> cards, long now) {
    return encode(spec, board, listing, cards, now, EnumSet.allOf(Encoding.class));
  }

  /**
   * @param cards of the listing's products; one that is missing is shown with an empty card
   * @param now milliseconds since the Unix epoch
   * @param codings to be made now; the body as it is always is
   */
  public Page encode(
      PageSpec spec,
      BoardView board,
      Listing listing,
      Map<String, Card> cards,
      long now,
      Set<Encoding> codings) {
    String text = spec.text();
    List<Entry> entries = listing.entries();
    int end = Math.min(entries.size(), spec.offset() + spec.size());
    String next = null;
    long renewAt = Long.MAX_VALUE;
    if (end < entries.size()) {
      PageSpec after = new PageSpec(spec.listing(), spec.size(), listing.epoch(), end);
      long issued = Cursors.issue(board.info().cursorTtl(), text, now);
      next = spec.target(cursors.make(after, issued));
      renewAt = Cursors.renewAt(board.info().cursorTtl(), issued);
    }
    List<String> products = new ArrayList<>();
    for (int i = spec.offset(); i < end; i++) {
      products.add(entries.get(i).productId());
    }
    byte[] plain = json(spec, board, listing, cards, next, end);
    Page.Head head =
        new Page.Head(
            text,
            spec.listing(),
            listing.epoch(),
            spec.epoch() != 0,
            products,
            next,
            renewAt,
            board.maxAge(),
            board.cacheControl(),
            listing.epoch() == 0 ? now : listing.asOf().toEpochMilli(),
            now);
    return new Page(head, Bodies.of(plain, codings), Bytes.tag(plain));
  }

  private static byte[] json(
      PageSpec spec,
      BoardView board,
      Listing listing,
      Map<String, Card> cards,
      @Nullable String next,
      int end) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartObject();
      head(out, listing);
      out.writeNumberField("total", listing.entries().size());
      out.writeArrayFieldStart("items");
      for (int i = spec.offset(); i < end; i++) {
        Entry entry = listing.entries().get(i);
        Card card = cards.get(entry.productId());
        if (card == null || card.isEligible()) {
          item(out, board, listing, entry, i + 1, card);
        }
      }
      out.writeEndArray();
      if (next != null) {
        out.writeStringField("next", next);
      }
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writes to memory only", e);
    }
    return bytes.toByteArray();
  }

  /** The members that tell which listing this is; shared by every answer about one. */
  public static void head(JsonGenerator out, Listing listing) throws IOException {
    out.writeStringField("board", listing.key().board());
    slice(out, "slice", listing.key().slice());
    Slice shows = listing.shows();
    if (shows != null) {
      slice(out, "shows", shows);
    }
    out.writeNumberField("epoch", listing.epoch());
    if (listing.baseline() == 0) {
      out.writeNullField("baseline");
    } else {
      out.writeNumberField("baseline", listing.baseline());
    }
    boolean published = listing.epoch() != 0;
    out.writeStringField("asOf", published ? listing.asOf().toString() : null);
    out.writeStringField("hash", published ? listing.hash() : null);
  }

  public static void slice(JsonGenerator out, String name, Slice slice) throws IOException {
    out.writeObjectFieldStart(name);
    for (Map.Entry<String, String> e : slice.values().entrySet()) {
      out.writeStringField(e.getKey(), e.getValue());
    }
    out.writeEndObject();
  }

  private static void item(
      JsonGenerator out,
      BoardView board,
      Listing listing,
      Entry entry,
      int rank,
      @Nullable Card card)
      throws IOException {
    out.writeStartObject();
    out.writeNumberField("rank", rank);
    out.writeStringField("productId", entry.productId());
    place(out, board, listing, entry, rank);
    out.writeFieldName("product");
    card(out, card);
    out.writeEndObject();
  }

  /** Score (where exposed), movement and promotion of one entry. */
  public static void place(
      JsonGenerator out, BoardView board, Listing listing, Entry entry, int rank)
      throws IOException {
    if (board.info().exposeScore()) {
      out.writeFieldName("score");
      if (listing.scoreShift() == 0) {
        out.writeNumber(entry.score());
      } else {
        out.writeNumber(Math.scalb(entry.score().doubleValue(), -listing.scoreShift()));
      }
    }
    movement(out, listing, entry, rank);
    if (entry.promoted()) {
      out.writeBooleanField("promoted", true);
    }
  }

  private static void movement(JsonGenerator out, Listing listing, Entry entry, int rank)
      throws IOException {
    if (listing.baseline() == 0) {
      out.writeNullField("movement");
      return;
    }
    int from = entry.baselineRank();
    out.writeObjectFieldStart("movement");
    out.writeStringField(
        "state", from == 0 ? "new" : from > rank ? "up" : from < rank ? "down" : "same");
    if (from != 0) {
      out.writeNumberField("from", from);
    }
    out.writeEndObject();
  }

  /** The card's members as an object; empty when nothing is known of the product. */
  public static void card(JsonGenerator out, @Nullable Card card) throws IOException {
    out.writeStartObject();
    if (card != null) {
      for (Map.Entry<String, Member> e : card.members().entrySet()) {
        String json = e.getValue().json();
        if (json != null) {
          out.writeFieldName(e.getKey());
          out.writeRawValue(json);
        }
      }
    }
    out.writeEndObject();
  }
}
