package io.podium.ranking.core;

import java.time.Duration;

/**
 * Bounds of every store of state, counted in entries (bytes for orders). An event that would pass
 * one is answered {@link Outcome#FULL} before anything is changed.
 *
 * @param maxAhead an event further beyond its receipt is rejected; never more than {@link #NEVER}
 * @param forgets whether what is older than every window (and an hour) is forgotten; else nothing
 *     is ever late
 * @param products products with a card or with sales that are remembered
 * @param profiles distinct combinations of the buyer attributes that boards are cut by
 * @param series distinct (board, cut by buyer, product, buyer values) with sales in the window
 * @param counters active (series, step) pairs
 * @param orderBytes bytes of remembered orders and cancellations; about 100 an order
 * @param orders remembered order ids
 * @param remembered remembered event ids
 * @param cappedLines order lines under a buyer cap
 * @param waiting events ahead of stream time
 */
public record CoreLimits(
    Duration maxAhead,
    boolean forgets,
    int products,
    int profiles,
    int series,
    long counters,
    long orderBytes,
    long orders,
    long remembered,
    int cappedLines,
    int waiting) {
  /** Longer than the time that the core can tell. */
  public static final Duration NEVER = Duration.ofDays(365L * 1000);

  public static final CoreLimits DEFAULT =
      new CoreLimits(
          Duration.ofMinutes(5),
          true,
          2_000_000,
          200_000,
          16_000_000,
          100_000_000L,
          2L << 30,
          20_000_000L,
          40_000_000L,
          20_000_000,
          200_000);

  private static final int MOST = 1 << 30;

  /** For a file of events: nothing is ahead, late or forgotten. */
  public static CoreLimits rank() {
    return new CoreLimits(
        NEVER,
        false,
        MOST,
        MOST,
        MOST,
        Long.MAX_VALUE / 4,
        Long.MAX_VALUE / 4,
        Long.MAX_VALUE / 4,
        Long.MAX_VALUE / 4,
        MOST,
        MOST);
  }
}
