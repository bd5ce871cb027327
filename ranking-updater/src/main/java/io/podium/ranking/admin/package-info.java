/**
 * The operator's port: health and metrics for machines, rules for merchandisers. Bound to loopback
 * unless configured. Runs on Vert.x event loops; nothing here waits.
 */
@NullMarked
package io.podium.ranking.admin;

import org.jspecify.annotations.NullMarked;
