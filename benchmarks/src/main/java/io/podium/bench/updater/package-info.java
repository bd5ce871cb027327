/**
 * Budgets of the ranking updater. One thread drives the core, as in production; the reference is a
 * real redis-server of its own process.
 */
@NullMarked
package io.podium.bench.updater;

import org.jspecify.annotations.NullMarked;
