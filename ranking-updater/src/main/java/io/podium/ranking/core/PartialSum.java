package io.podium.ranking.core;

import io.podium.listing.CodePointOrder;
import java.math.BigInteger;

/**
 * What one core knows of a group in one slice.
 *
 * @param unit names the group, or the product that ranks by itself, in every core alike
 * @param sum of its products here; may be negative
 * @param shown the one of its products here that would be shown
 * @param score of the shown product alone
 */
record PartialSum(String unit, BigInteger sum, String shown, boolean eligible, BigInteger score) {
  boolean isShownBefore(PartialSum other) {
    if (eligible != other.eligible) {
      return eligible;
    }
    int byScore = score.compareTo(other.score);
    return byScore != 0 ? byScore > 0 : CodePointOrder.compare(shown, other.shown) < 0;
  }
}
