/** Configuration: defaults, then the file, then the environment, then flags. */
@NullMarked
package io.podium.config;

import org.jspecify.annotations.NullMarked;
