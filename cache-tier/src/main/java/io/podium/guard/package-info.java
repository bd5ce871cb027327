/**
 * What stands between us and a slow store: breakers, bulkheads, coalescing. Nothing here does I/O,
 * blocks or has threads of its own; everything is safe from any thread. Clocks are passed in.
 */
@NullMarked
package io.podium.guard;

import org.jspecify.annotations.NullMarked;
