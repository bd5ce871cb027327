/** A log in memory, and the Redis log against the same contract. */
@NullMarked
package io.podium.ranking.stream;

import org.jspecify.annotations.NullMarked;
