package io.podium.ranking.core;

import io.podium.listing.ListingKey;
import io.podium.ranking.board.Rule;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a product stands where it does in a listing at T, or why it does not. Units and buyers are
 * those of the orders that stand, lie in the window (of a half-life: its 20 half-lives, at most
 * 1,500 steps), are in the board's currency and whose buyers belong to the slice: exact, from the
 * remembered orders. Views, carts and cancellations that name no order are in the score only: what
 * is kept of them is sums. Of orders that have left the window nothing is known.
 *
 * @param organicRank from 1; 0: not among the first 2 x size
 * @param displayedRank from 1; 0: not displayed. In a thin listing, that of the wider one it shows
 * @param score unscaled integer of the product alone, also where it ranks with others; 0 or less:
 *     it does not sell here
 * @param orders distinct orders of which units count
 * @param netUnits units that count, after cancellations and the buyer cap
 * @param cancelledUnits units that were taken back
 * @param cappedUnits units that the buyer cap leaves out
 * @param buyers distinct known buyers of units that count
 * @param rules valid at T for this product and listing, in the order in which they were set
 * @param eligible whether its card lets it be shown
 * @param reason why it is not displayed; null when it is
 */
public record Evidence(
    ListingKey key,
    String productId,
    Instant asOf,
    int organicRank,
    int displayedRank,
    BigInteger score,
    long orders,
    long netUnits,
    long cancelledUnits,
    long cappedUnits,
    long buyers,
    List<Rule> rules,
    boolean eligible,
    @Nullable Reason reason) {
  /** The first that applies, in this order. */
  public enum Reason {
    /** Its card is not in this slice, or the slice is beyond {@code maxValues}. */
    NOT_IN_SLICE,
    INELIGIBLE,
    HIDDEN,
    /** Its score here, and that of the products that rank with it, is not above 0. */
    NO_SALES,
    /** It ranks as one with others, and another of them is shown. */
    SHOWN_AS_ANOTHER,
    BELOW_THE_CUT
  }
}
