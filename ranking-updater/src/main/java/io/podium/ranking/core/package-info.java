/**
 * The ranking core: pure, single-threaded, deterministic; time is passed in, nothing is read or
 * written. One thread owns a {@link io.podium.ranking.core.RankingCore} with all that is in it.
 *
 * <pre>
 *  events ─▶ Batch  reads ahead what they need
 *             │
 *  event ─▶ Intake  rejected? late? repeated (Dedupe)? no room (Room)?  then T moves
 *             │
 *             ├─ orders, cancellations ─▶ OrderBook   the standing placement, what was taken back
 *             ├─ cards ─▶ Cards of a Clock            as they stand at T
 *             └─ ahead of T ─▶ Clock                  waits
 *             ▼
 *  per board: Counting ─▶ BuyerCaps                   units that count, differences only
 *             │   Scoring × Horizon                   amount, step, weight by age
 *             ▼
 *           Projection (per set of buyer dimensions)  SeriesTable totals and running step
 *             │                                       StepTable ring, Rescoring ahead of a turn
 *             ▼  series that changed
 *           Standings ─▶ Cut ─▶ Place ─▶ Candidates   the best of each listing, above a floor
 *             ▼  listings that changed
 *           BoardRanking ─▶ Assembly ─▶ DisplayedOrder, ListingHash ─▶ Ranked
 * </pre>
 *
 * What an event costs depends on its lines and on the sets of buyer dimensions, not on the number
 * of listings or products. What is large lies outside the heap ({@code Arena}), and every store of
 * state has a bound ({@code CoreLimits}) and tells its use ({@code CoreMemory}). {@code Snapshot}
 * saves a core; {@code PartialMerge} merges cores that hold disjoint products; {@code Inquiry}
 * gathers the evidence for one product in one listing.
 */
@NullMarked
package io.podium.ranking.core;

import org.jspecify.annotations.NullMarked;
