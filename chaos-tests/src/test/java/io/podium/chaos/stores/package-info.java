/** A real engine behind links that fail: what is held is served, whatever its stores do. */
@NullMarked
package io.podium.chaos.stores;

import org.jspecify.annotations.NullMarked;
