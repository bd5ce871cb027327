/** Guards with clocks of the test. */
@NullMarked
package io.podium.guard;

import org.jspecify.annotations.NullMarked;
