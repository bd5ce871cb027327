package io.podium.card;

import io.podium.listing.CodePointOrder;
import java.time.Instant;

/** When something was said of a card: newest by time, then by event id (code points). */
public record Stamp(Instant time, String eventId) implements Comparable<Stamp> {
  @Override
  public int compareTo(Stamp other) {
    int byTime = time.compareTo(other.time);
    return byTime != 0 ? byTime : CodePointOrder.compare(eventId, other.eventId);
  }
}
