/** Stored bytes: what comes back, and what is refused. */
@NullMarked
package io.podium.codec;

import org.jspecify.annotations.NullMarked;
