/**
 * What the boards mean, by brute force: whole scans over all events ever accepted, arbitrary
 * precision, nothing incremental. Shares with the core only the records. Single-threaded.
 *
 * <pre>
 * Intake (what is accepted, what time it is) -> View (one board at T) -> Expected (one listing)
 *                                                 Past, Orders, Cards, Display: the steps
 * </pre>
 */
@NullMarked
package io.podium.ranking.oracle;

import org.jspecify.annotations.NullMarked;
