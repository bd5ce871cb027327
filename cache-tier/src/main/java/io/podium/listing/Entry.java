package io.podium.listing;

import java.math.BigInteger;

/**
 * One displayed place of a listing; its rank is its index plus one.
 *
 * @param score organic score, unscaled (see {@link Listing#scoreShift}); 0 for a pin without sales
 * @param organicRank 1-based; 0 when the product is not among the organic entries
 * @param baselineRank 1-based displayed rank in the baseline epoch; 0 when it was not there
 * @param promoted a pin or a boost moved it
 * @param buried a bury moved it; never of a pinned one
 */
public record Entry(
    String productId,
    BigInteger score,
    int organicRank,
    int baselineRank,
    boolean promoted,
    boolean buried) {}
