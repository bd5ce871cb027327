/** Operations of the code's room of that name, timed one by one. */
@NullMarked
package io.podium.bench.jmh.core;

import org.jspecify.annotations.NullMarked;
