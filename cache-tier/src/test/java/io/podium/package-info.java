/** The walls of the module. */
@NullMarked
package io.podium;

import org.jspecify.annotations.NullMarked;
