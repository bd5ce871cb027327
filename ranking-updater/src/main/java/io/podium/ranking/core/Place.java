package io.podium.ranking.core;

import io.podium.listing.ListingKey;

/**
 * One listing of a board while it has entries, or was returned with some: its candidates, and what
 * was last returned of it.
 */
final class Place {
  final Cut cut;
  final Cut.Combo combo;
  final int tuple;
  final ListingKey key;
  final Candidates candidates;
  boolean touched;

  /** All units are offered anew by the end of the next {@link Standings#settle}. */
  boolean filling;

  /** Hash of the content that was last returned; 0, 0: nothing, or an empty listing. */
  long returnedHi;

  long returnedLo;

  Place(Cut cut, Cut.Combo combo, int tuple, ListingKey key, Candidates candidates) {
    this.cut = cut;
    this.combo = combo;
    this.tuple = tuple;
    this.key = key;
    this.candidates = candidates;
  }

  boolean isForgettable() {
    return candidates.isEmpty() && !candidates.isThin() && (returnedHi | returnedLo) == 0;
  }
}
