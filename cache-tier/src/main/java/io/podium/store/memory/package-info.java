/** In-memory twins of the stores, which pass the same contract: for tests and simulations. */
@NullMarked
package io.podium.store.memory;

import org.jspecify.annotations.NullMarked;
