@NullMarked
package io.podium.ranking.event;

import org.jspecify.annotations.NullMarked;
