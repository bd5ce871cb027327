/** The scan that drills are judged by, against the core. */
@NullMarked
package io.podium.chaos.check;

import org.jspecify.annotations.NullMarked;
