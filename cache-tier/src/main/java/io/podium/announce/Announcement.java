package io.podium.announce;

import io.podium.listing.ListingKey;
import java.time.Instant;

/** Something changed: what, and which version; never the data. */
public sealed interface Announcement {
  record ListingChanged(ListingKey key, long epoch) implements Announcement {}

  record CardChanged(String productId) implements Announcement {}

  record BoardsChanged(long version) implements Announcement {}

  /** All listings of the board are true as of this stream time, changed or not. */
  record BoardCurrent(String board, Instant asOf) implements Announcement {}
}
