/** The outside's words end here: CloudEvents become sales events, or are rejected with a reason. */
@NullMarked
package io.podium.ranking.event;

import org.jspecify.annotations.NullMarked;
