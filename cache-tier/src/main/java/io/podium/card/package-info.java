/** Product cards: newest member wins, in every tier, whatever arrives in whatever order. */
@NullMarked
package io.podium.card;

import org.jspecify.annotations.NullMarked;
