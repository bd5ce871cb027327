/**
 * The events role: the log that everything else is computed from.
 *
 * <pre>
 * ingestion --append (all or nothing)--> podium:events    --+
 *                                        podium:products  --+--read by id--> ranking loop, archive,
 *                                        podium:rules     --+               card keepers
 * ranking loop --rejected--> podium:dead:events, podium:dead:products
 * every updater --what it has safe--> podium:updaters --least of all--> trim
 * </pre>
 *
 * Each entry carries an ordinal (one more than the entry before it in its stream) and a checksum,
 * so that a reader can prove that it missed nothing and that nothing was altered. Calls are
 * non-blocking and safe from any thread unless a method says otherwise.
 */
@NullMarked
package io.podium.ranking.stream;

import org.jspecify.annotations.NullMarked;
