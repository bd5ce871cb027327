/** What the measurements of the whole way stand on. */
@NullMarked
package io.podium.bench.flow;

import org.jspecify.annotations.NullMarked;
