/**
 * Budgets of the whole way of an event, measured on real processes: an updater as it is shipped,
 * its stores, and for freshness a read engine.
 */
@NullMarked
package io.podium.bench.flow;

import org.jspecify.annotations.NullMarked;
