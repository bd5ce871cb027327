package io.podium.ranking.core;

import io.podium.listing.ListingKey;
import io.podium.listing.Omitted;
import io.podium.listing.Slice;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listing as computed at T, before it is published.
 *
 * @param asOf T
 * @param at floor(T, step)
 * @param shows see {@link io.podium.listing.Listing#shows}
 * @param organic the first 2 x size, best first
 * @param displayed at most size, rank is index plus one
 * @param omitted organic entries that are not displayed
 */
public record Ranked(
    ListingKey key,
    Instant asOf,
    Instant at,
    String hash,
    @Nullable Slice shows,
    int scoreShift,
    List<Organic> organic,
    List<Displayed> displayed,
    List<Omitted> omitted) {
  /** Scores are unscaled integers. */
  public record Organic(String productId, BigInteger score) {}

  /**
   * @param organicRank 0 for a pin that is not among the organic entries
   */
  public record Displayed(String productId, BigInteger score, int organicRank, boolean promoted) {}
}
