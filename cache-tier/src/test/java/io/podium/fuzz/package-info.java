/** Parsers against inputs that nobody thought of. */
@NullMarked
package io.podium.fuzz;

import org.jspecify.annotations.NullMarked;
