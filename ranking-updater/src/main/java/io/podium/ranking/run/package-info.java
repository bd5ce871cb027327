/**
 * I/O around the pure core.
 *
 * <pre>
 * events, products --read--> RankingLoop --Ranked--> Publisher --> cache Redis --> announcement
 *   (log)                      |   ^                    |  checks the Lease before and after
 *                     snapshot |   | rules              +--newest per listing--> TrailingStore --> Mongo
 *                              v
 *                        CheckpointWriter --> dataDir     products --> CardKeeper --> Redis, Mongo
 * </pre>
 *
 * Threads, each with one job and its own back-off: {@code loop} (reads, applies, ranks; the only
 * one that touches the core), {@code publisher}, {@code trailing}, {@code cards-cache}, {@code
 * cards-mongo}, {@code checkpoint}, {@code archive}, {@code upkeep} (lease, registry, trimming,
 * rules, health). None is an event loop; they may wait, always with a deadline. What passes from
 * one to another is immutable, and bounded by the number of listings or by one batch.
 */
@NullMarked
package io.podium.ranking.run;

import org.jspecify.annotations.NullMarked;
