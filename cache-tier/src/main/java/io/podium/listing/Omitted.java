package io.podium.listing;

import java.math.BigInteger;

/**
 * An organic entry that is not displayed, and why.
 *
 * @param organicRank 1-based
 */
public record Omitted(String productId, BigInteger score, int organicRank, Reason reason) {
  public enum Reason {
    HIDDEN,
    INELIGIBLE,
    BELOW_THE_CUT
  }
}
