package io.podium.ranking.ingest;

import io.podium.ranking.event.EventStructure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A request's events as they go into the streams, or its faults.
 *
 * @param faults when there are any, there are no events
 */
record RawEvents(List<byte[]> events, List<byte[]> products, List<Problem.Fault> faults) {
  private static final Set<String> CARD_TYPES =
      Set.of("product.upserted", "product.patched", "product.removed");

  int size() {
    return events.size() + products.size();
  }

  static RawEvents of(EventStructure.Checked checked, Instant now) {
    List<byte[]> events = new ArrayList<>();
    List<byte[]> products = new ArrayList<>();
    for (EventStructure.Event event : checked.events()) {
      byte[] json = oneLine(event.jsonAt(now));
      (CARD_TYPES.contains(event.type()) ? products : events).add(json);
    }
    return new RawEvents(
        events,
        products,
        checked.faults().stream().map(f -> new Problem.Fault(f.index(), f.reason())).toList());
  }

  static RawEvents refused(String reason) {
    return new RawEvents(List.of(), List.of(), List.of(new Problem.Fault(0, reason)));
  }

  /** A line break in JSON only ever stands between tokens: as a space it means the same. */
  private static byte[] oneLine(byte[] json) {
    byte[] line = json;
    for (int i = 0; i < json.length; i++) {
      if (json[i] == '\n' || json[i] == '\r') {
        line = line == json ? json.clone() : line;
        line[i] = ' ';
      }
    }
    return line;
  }
}
