package io.podium.read.refresh;

import io.podium.listing.ListingKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is known to have changed and waits to be fetched, and whether we hear of changes at all.
 * Bounded: only what is held can be waiting. Safe from any thread.
 */
public final class Feed {
  private static final long UNKNOWN = Long.MAX_VALUE;

  /** With the epoch that is known to be there. */
  private final Map<ListingKey, Long> listings = new HashMap<>();

  private final Set<String> cards = new HashSet<>();
  private volatile boolean inTouch;
  private volatile long era;

  /** Whether announcements are being received, so that what is held is the newest. */
  public boolean isInTouch() {
    return inTouch;
  }

  void touch(boolean now) {
    inTouch = now;
  }

  /** Grows whenever announcements may have been missed; what was checked before does not count. */
  long era() {
    return era;
  }

  synchronized void newEra() {
    era = era + 1;
  }

  /** It is to be fetched, whatever is held. */
  void listingChanged(ListingKey key) {
    listingChanged(key, UNKNOWN);
  }

  /** It is to be fetched, unless this epoch or a later one is held by then. */
  synchronized void listingChanged(ListingKey key, long epoch) {
    listings.merge(key, epoch, Math::max);
  }

  synchronized void cardChanged(String id) {
    cards.add(id);
  }

  synchronized Map<ListingKey, Long> takeListings() {
    Map<ListingKey, Long> taken = new HashMap<>(listings);
    listings.clear();
    return taken;
  }

  synchronized Set<String> takeCards() {
    Set<String> taken = Set.copyOf(cards);
    cards.clear();
    return taken;
  }

  synchronized boolean isEmpty() {
    return listings.isEmpty() && cards.isEmpty();
  }
}
