package io.podium.read.refresh;

import io.podium.guard.Jitter;
import io.podium.listing.ListingKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What is known to have changed and waits to be fetched, and whether we hear of changes at all.
 * What could not be fetched has its next turn after a pause. Bounded: only what is held can be
 * waiting. Safe from any thread.
 */
public final class Feed {
  /** Some epoch, whichever is the newest. */
  static final long UNKNOWN = Long.MAX_VALUE;

  private static final long PAUSE_NANOS = 250_000_000;

  private final LongSupplier nanoTime;

  /** With the epoch that is known to be there. */
  private final Map<ListingKey, Long> listings = new HashMap<>();

  private final Set<String> cards = new HashSet<>();
  private final Map<ListingKey, Long> listingsAgain = new HashMap<>();
  private final Set<String> cardsAgain = new HashSet<>();
  private long againAt;
  private volatile boolean inTouch;
  private volatile long era;

  /**
   * @param nanoTime {@link System#nanoTime}, or a clock of a test
   */
  public Feed(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

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

  /** As {@link #listingChanged}, after a pause: the last try did not bring it. */
  synchronized void listingAgain(ListingKey key, long epoch) {
    pause();
    listingsAgain.merge(key, epoch, Math::max);
  }

  /** As {@link #cardChanged}, after a pause. */
  synchronized void cardAgain(String id) {
    pause();
    cardsAgain.add(id);
  }

  /** From the first that has to wait; those that follow go with it. */
  private void pause() {
    if (listingsAgain.isEmpty() && cardsAgain.isEmpty()) {
      againAt = nanoTime.getAsLong() + Jitter.spread(PAUSE_NANOS);
    }
  }

  synchronized Map<ListingKey, Long> takeListings() {
    Map<ListingKey, Long> taken = new HashMap<>(listings);
    listings.clear();
    if (isAgain()) {
      listingsAgain.forEach((key, epoch) -> taken.merge(key, epoch, Math::max));
      listingsAgain.clear();
    }
    return taken;
  }

  synchronized Set<String> takeCards() {
    Set<String> taken = new HashSet<>(cards);
    cards.clear();
    if (isAgain()) {
      taken.addAll(cardsAgain);
      cardsAgain.clear();
    }
    return taken;
  }

  private boolean isAgain() {
    return nanoTime.getAsLong() - againAt >= 0;
  }

  /** Nanoseconds until something is to be fetched, at most {@code most}; 0: now. */
  synchronized long waitNanos(long most) {
    if (!listings.isEmpty() || !cards.isEmpty()) {
      return 0;
    }
    if (listingsAgain.isEmpty() && cardsAgain.isEmpty()) {
      return most;
    }
    return Math.max(0, Math.min(most, againAt - nanoTime.getAsLong()));
  }
}
