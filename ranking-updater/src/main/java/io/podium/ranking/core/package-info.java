/** The ranking core: pure, single-threaded, deterministic; time is passed in. */
@NullMarked
package io.podium.ranking.core;

import org.jspecify.annotations.NullMarked;
