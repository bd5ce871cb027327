/**
 * Reading through the tiers behind the hot one: Redis, else Mongo, each behind its guard; and
 * keeping cards whole in both. Non-blocking, safe from any thread.
 */
@NullMarked
package io.podium.store.tiered;

import org.jspecify.annotations.NullMarked;
