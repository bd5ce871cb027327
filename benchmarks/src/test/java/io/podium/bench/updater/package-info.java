/** Tests of the loads: they are what their descriptions say. */
@NullMarked
package io.podium.bench.updater;

import org.jspecify.annotations.NullMarked;
