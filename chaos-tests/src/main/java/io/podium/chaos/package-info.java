/** The commands that run everything on one machine: the demo, and the stores alone. */
@NullMarked
package io.podium.chaos;

import org.jspecify.annotations.NullMarked;
