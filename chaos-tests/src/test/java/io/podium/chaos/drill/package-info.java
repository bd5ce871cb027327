/**
 * The short forms of some drills, those that the suite has time for; they judge correctness only.
 */
@NullMarked
package io.podium.chaos.drill;

import org.jspecify.annotations.NullMarked;
