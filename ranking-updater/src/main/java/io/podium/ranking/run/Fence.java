package io.podium.ranking.run;

/** Fencing numbers: they grow with the lease's token, and within one token. */
final class Fence {
  private static final int BITS = 10;

  /** Steps within one token. */
  static final int MOST = (1 << BITS) - 1;

  private Fence() {}

  /** Below 2^53, which every store compares exactly: tokens are milliseconds. */
  static long number(long token, int step) {
    return (token << BITS) | step;
  }
}
