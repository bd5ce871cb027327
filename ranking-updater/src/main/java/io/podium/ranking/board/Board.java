package io.podium.ranking.board;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A validated ranking definition, with its defaults filled in (DESIGN 4.2).
 *
 * @param step windows move by it; aligned to the Unix epoch
 * @param eventClock stream time is the greatest event time; else the wall clock
 * @param slices the cuts, each a list of full dimension names: card members, or {@code buyer.x};
 *     the empty list is the whole shop
 * @param currency ISO 4217; null: orders of every currency count
 * @param rankBy card member by which products rank as one; null: none
 * @param minEntries a category slice with fewer displayed entries shows its parent; 0: never
 * @param maxValues values per dimension; what is beyond counts in the whole shop only
 * @param shadow computed, but visible on the admin port only
 * @param guard null: every epoch is published
 */
public record Board(
    String name,
    Map<String, String> titles,
    Score score,
    Window window,
    Duration step,
    boolean eventClock,
    Duration publishEvery,
    int size,
    List<List<String>> slices,
    @Nullable String currency,
    @Nullable BuyerCap buyerCap,
    @Nullable Diversity diversity,
    @Nullable String rankBy,
    int minEntries,
    Duration movementBy,
    int maxValues,
    Duration cursorTtl,
    Duration staleIfError,
    boolean exposeScore,
    boolean shadow,
    @Nullable Guard guard) {

  /** At most {@code units} of one buyer, product and {@code per} period count. */
  public record BuyerCap(long units, Duration per) {}

  /** At most {@code limit} entries with one value of {@code member} within any {@code within}. */
  public record Diversity(String member, int limit, int within) {}

  /**
   * A listing of at least {@code top} entries that loses more than a share of them from one epoch
   * to the next, or more than a share of its top, is held back.
   *
   * @param lose share of all entries, above 0 and up to 1
   * @param top places
   * @param change share of those places, above 0 and up to 1
   */
  public record Guard(double lose, int top, double change) {}

  /** The same board on the clock of its events. */
  public Board withEventClock() {
    return new Board(
        name,
        titles,
        score,
        window,
        step,
        true,
        publishEvery,
        size,
        slices,
        currency,
        buyerCap,
        diversity,
        rankBy,
        minEntries,
        movementBy,
        maxValues,
        cursorTtl,
        staleIfError,
        exposeScore,
        shadow,
        guard);
  }

  public Board {
    titles = Map.copyOf(titles);
    slices = slices.stream().map(List::copyOf).toList();
  }
}
