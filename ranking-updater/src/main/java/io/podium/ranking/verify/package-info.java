/**
 * Proves what was published: listings are computed again from the archive and the streams and
 * compared, and the chain of published hashes is followed. Reads only; runs on the caller's thread.
 */
@NullMarked
package io.podium.ranking.verify;

import org.jspecify.annotations.NullMarked;
