package io.podium.listing;

import java.math.BigInteger;

/**
 * An organic entry that is not displayed, and why.
 *
 * @param organicRank 1-based
 * @param moved a pin, boost or bury moved it; what a hide does is its reason
 */
public record Omitted(
    String productId, BigInteger score, int organicRank, Reason reason, boolean moved) {
  public enum Reason {
    HIDDEN,
    INELIGIBLE,
    BELOW_THE_CUT
  }
}
