/** Board definitions and rules, validated: what to rank and how. */
@NullMarked
package io.podium.ranking.board;

import org.jspecify.annotations.NullMarked;
