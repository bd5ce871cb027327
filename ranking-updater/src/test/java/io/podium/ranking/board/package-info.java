@NullMarked
package io.podium.ranking.board;

import org.jspecify.annotations.NullMarked;
