/** The visitors of a sale, inside the load generator's process; one event loop calls all of it. */
@NullMarked
package io.podium.bench.peak.load;

import org.jspecify.annotations.NullMarked;
