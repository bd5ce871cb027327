/**
 * HTTP in, stream out: every live updater has it, active or not.
 *
 * <pre>
 * request --key, rate, media type, size--> body --structure (worker above 64 KiB)--> raw events
 *   --one append, all or nothing--> the log's acknowledgement --> 202
 * </pre>
 *
 * Runs on Vert.x event loops; nothing here waits. Bodies under way are bounded in bytes.
 */
@NullMarked
package io.podium.ranking.ingest;

import org.jspecify.annotations.NullMarked;
