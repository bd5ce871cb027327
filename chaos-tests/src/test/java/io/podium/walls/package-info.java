/** Who may depend on whom, over all modules. */
@NullMarked
package io.podium.walls;

import org.jspecify.annotations.NullMarked;
