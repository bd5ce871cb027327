package io.podium.ranking.core;

import io.podium.card.Card;
import io.podium.card.Stamp;
import io.podium.listing.Slice;
import io.podium.ranking.event.SalesEvent;
import io.podium.ranking.event.SalesEvent.Buyer;
import io.podium.ranking.event.SalesEvent.CardChange;
import io.podium.ranking.event.SalesEvent.Line;
import io.podium.ranking.event.SalesEvent.Meta;
import io.podium.ranking.event.SalesEvent.OrderCancelled;
import io.podium.ranking.event.SalesEvent.OrderPlaced;
import io.podium.ranking.event.SalesEvent.Signal;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The words of a snapshot; {@link SnapshotReader} reads the same. Strings are exact UTF-16. */
final class SnapshotWriter {
  static final byte PLACED = 0;
  static final byte CANCELLED = 1;
  static final byte SIGNAL = 2;
  static final byte CARD = 3;

  final SnapshotOutput out;

  SnapshotWriter(OutputStream to) {
    out = new SnapshotOutput(to);
  }

  void text(@Nullable String s) throws IOException {
    out.writeInt(s == null ? -1 : s.length());
    if (s != null) {
      out.writeChars(s);
    }
  }

  void texts(List<String> list) throws IOException {
    out.writeInt(list.size());
    for (String s : list) {
      text(s);
    }
  }

  void texts(Map<String, String> map) throws IOException {
    out.writeInt(map.size());
    for (var e : map.entrySet()) {
      text(e.getKey());
      text(e.getValue());
    }
  }

  void counts(Map<String, Long> map) throws IOException {
    out.writeInt(map.size());
    for (var e : map.entrySet()) {
      text(e.getKey());
      out.writeLong(e.getValue());
    }
  }

  void instant(Instant t) throws IOException {
    out.writeLong(t.getEpochSecond());
    out.writeInt(t.getNano());
  }

  void slice(Slice slice) throws IOException {
    texts(slice.values());
  }

  void card(Card card) throws IOException {
    text(card.productId());
    out.writeInt(card.members().size());
    for (var member : card.members().entrySet()) {
      text(member.getKey());
      stamp(member.getValue().stamp());
      text(member.getValue().json());
    }
    Stamp removed = card.removed();
    out.writeBoolean(removed != null);
    if (removed != null) {
      stamp(removed);
    }
  }

  private void stamp(Stamp stamp) throws IOException {
    instant(stamp.time());
    text(stamp.eventId());
  }

  void event(SalesEvent event) throws IOException {
    if (event instanceof OrderPlaced e) {
      head(PLACED, e.meta());
      text(e.orderId());
      text(e.currency());
      buyer(e.buyer());
      lines(e.lines());
    } else if (event instanceof OrderCancelled e) {
      head(CANCELLED, e.meta());
      text(e.orderId());
      text(e.currency());
      buyer(e.buyer());
      lines(e.lines() == null ? List.of() : e.lines());
    } else if (event instanceof Signal e) {
      head(SIGNAL, e.meta());
      text(e.productId());
      out.writeLong(e.quantity());
      buyer(e.buyer());
    } else if (event instanceof CardChange e) {
      head(CARD, e.meta());
      card(e.change());
    }
  }

  private void head(byte kind, Meta meta) throws IOException {
    out.writeByte(kind);
    text(meta.source());
    text(meta.id());
    text(meta.type());
    instant(meta.time());
    out.writeLong(meta.contentHash());
  }

  private void buyer(Buyer buyer) throws IOException {
    text(buyer.id());
    texts(buyer.attributes());
  }

  private void lines(List<Line> lines) throws IOException {
    out.writeInt(lines.size());
    for (Line line : lines) {
      text(line.productId());
      out.writeLong(line.quantity());
      out.writeLong(line.unitPrice());
    }
  }
}
