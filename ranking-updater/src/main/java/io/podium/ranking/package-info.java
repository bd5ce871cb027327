/** The ranking updater: sales events in, exact rankings out. */
@NullMarked
package io.podium.ranking;

import org.jspecify.annotations.NullMarked;
