package io.podium.ranking.admin;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Scores as people read them. */
final class Scores {
  private static final int DECIMALS = 3;

  private Scores() {}

  /**
   * @param shift the score is divided by 2^shift
   */
  static BigDecimal shown(BigInteger score, int shift) {
    return shift == 0
        ? new BigDecimal(score)
        : new BigDecimal(score)
            .divide(
                new BigDecimal(BigInteger.ONE.shiftLeft(shift)), DECIMALS, RoundingMode.HALF_UP);
  }
}
