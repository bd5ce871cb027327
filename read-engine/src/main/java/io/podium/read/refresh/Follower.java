package io.podium.read.refresh;

import io.podium.listing.Listing;
import io.podium.listing.ListingKey;
import java.util.Set;

/** Who wants to hear of each new epoch of some listings. Called on the refresher's thread. */
public interface Follower {
  /** The listings that are followed now. */
  Set<ListingKey> followed();

  /** A new epoch was fetched. Must return at once. */
  void published(Listing listing);
}
