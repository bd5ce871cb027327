package io.podium.ranking.board;

import io.podium.listing.Slice;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A merchandiser's rule, validated (DESIGN 4.4).
 *
 * @param slice null: all slices of the board
 * @param place 1-based, for pins; else 0
 * @param factor for boost (above 1) and bury (below 1); else null
 * @param from valid from here on, inclusive; null: always was
 * @param until valid before this; null: for ever
 */
public record Rule(
    String id,
    String board,
    @Nullable Slice slice,
    String productId,
    Action action,
    int place,
    @Nullable BigDecimal factor,
    @Nullable Instant from,
    @Nullable Instant until,
    String author,
    String reason) {
  public enum Action {
    PIN,
    BOOST,
    BURY,
    HIDE
  }

  public boolean isValidAt(Instant t) {
    return (from == null || !t.isBefore(from)) && (until == null || t.isBefore(until));
  }
}
