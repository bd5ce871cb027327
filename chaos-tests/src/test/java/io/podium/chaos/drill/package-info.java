/** The short forms of all drills, which judge correctness only. */
@NullMarked
package io.podium.chaos.drill;

import org.jspecify.annotations.NullMarked;
