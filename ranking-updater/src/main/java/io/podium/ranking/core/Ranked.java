package io.podium.ranking.core;

import io.podium.listing.ListingKey;
import io.podium.listing.Omitted;
import io.podium.listing.Slice;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * @param evidence of each product of the listing at T; empty when it was not gathered
 * @param rolled by product, the score that left the window since the board was ranked before; null:
 *     not known
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
    List<Omitted> omitted,
    List<Evidence> evidence,
    @Nullable Map<String, BigInteger> rolled) {
  /** Without evidence, and of itself. */
  public Ranked(
      ListingKey key,
      Instant asOf,
      Instant at,
      String hash,
      @Nullable Slice shows,
      int scoreShift,
      List<Organic> organic,
      List<Displayed> displayed,
      List<Omitted> omitted) {
    this(key, asOf, at, hash, shows, scoreShift, organic, displayed, omitted, List.of(), null);
  }

  Ranked with(List<Evidence> all) {
    return with(List.copyOf(all), rolled);
  }

  Ranked withRolled(@Nullable Map<String, BigInteger> left) {
    return with(evidence, left);
  }

  private Ranked with(List<Evidence> all, @Nullable Map<String, BigInteger> left) {
    return new Ranked(
        key, asOf, at, hash, shows, scoreShift, organic, displayed, omitted, all, left);
  }

  /** As published next in place of the one before: what left the window is the sum. */
  public Ranked after(Ranked before) {
    if (before.rolled == null || before.rolled.isEmpty()) {
      return rolled == null ? withRolled(before.rolled) : this;
    }
    Map<String, BigInteger> sum = new HashMap<>(before.rolled);
    if (rolled != null) {
      rolled.forEach((product, left) -> sum.merge(product, left, BigInteger::add));
    }
    return withRolled(sum);
  }

  /** Scores are unscaled integers. */
  public record Organic(String productId, BigInteger score) {}

  /**
   * @param organicRank 0 for a pin that is not among the organic entries
   * @param promoted see {@link io.podium.listing.Entry#promoted}
   * @param buried see {@link io.podium.listing.Entry#buried}
   */
  public record Displayed(
      String productId, BigInteger score, int organicRank, boolean promoted, boolean buried) {}
}
