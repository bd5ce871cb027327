/** What the measurements of reading stand on. */
@NullMarked
package io.podium.bench.read;

import org.jspecify.annotations.NullMarked;
