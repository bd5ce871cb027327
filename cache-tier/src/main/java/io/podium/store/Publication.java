package io.podium.store;

import io.podium.listing.Listing;
import java.util.Optional;

/**
 * A listing to be stored.
 *
 * @param before the epoch that was published before it, for a compact history; empty when unknown
 */
public record Publication(Listing listing, Optional<Listing> before) {}
