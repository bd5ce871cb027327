package io.podium.ranking.core;

import io.podium.card.Card;
import io.podium.card.Member;
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
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SnapshotWriter} wrote. */
final class SnapshotReader {
  final DataInputStream in;

  SnapshotReader(InputStream from) {
    in = new DataInputStream(new BufferedInputStream(from, 1 << 16));
  }

  @Nullable String textOrNull() throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    StringBuilder s = new StringBuilder(Math.min(length, 1 << 16));
    for (int i = 0; i < length; i++) {
      s.append(in.readChar());
    }
    return s.toString();
  }

  String text() throws IOException {
    String s = textOrNull();
    if (s == null) {
      throw new IOException("snapshot: a text is missing");
    }
    return s;
  }

  List<String> texts() throws IOException {
    int n = in.readInt();
    List<String> list = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      list.add(text());
    }
    return List.copyOf(list);
  }

  Map<String, String> textMap() throws IOException {
    int n = in.readInt();
    Map<String, String> map = new HashMap<>();
    for (int i = 0; i < n; i++) {
      map.put(text(), text());
    }
    return map;
  }

  Map<String, Long> counts() throws IOException {
    int n = in.readInt();
    Map<String, Long> map = new HashMap<>();
    for (int i = 0; i < n; i++) {
      map.put(text(), in.readLong());
    }
    return map;
  }

  Instant instant() throws IOException {
    return Instant.ofEpochSecond(in.readLong(), in.readInt());
  }

  Slice slice() throws IOException {
    return Slice.of(textMap());
  }

  Card card() throws IOException {
    String productId = text();
    int n = in.readInt();
    TreeMap<String, Member> members = new TreeMap<>();
    for (int i = 0; i < n; i++) {
      members.put(text(), new Member(stamp(), textOrNull()));
    }
    return new Card(productId, members, in.readBoolean() ? stamp() : null);
  }

  private Stamp stamp() throws IOException {
    return new Stamp(instant(), text());
  }

  SalesEvent event() throws IOException {
    byte kind = in.readByte();
    Meta meta = new Meta(text(), text(), text(), instant(), in.readLong());
    return switch (kind) {
      case SnapshotWriter.PLACED -> new OrderPlaced(meta, text(), textOrNull(), buyer(), lines());
      case SnapshotWriter.CANCELLED ->
          new OrderCancelled(meta, textOrNull(), textOrNull(), buyer(), lines());
      case SnapshotWriter.SIGNAL -> new Signal(meta, text(), in.readLong(), buyer());
      case SnapshotWriter.CARD -> new CardChange(meta, card());
      default -> throw new IOException("snapshot: unknown event");
    };
  }

  private Buyer buyer() throws IOException {
    return new Buyer(textOrNull(), textMap());
  }

  private List<Line> lines() throws IOException {
    int n = in.readInt();
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      lines.add(new Line(text(), in.readLong(), in.readLong()));
    }
    return lines;
  }
}
