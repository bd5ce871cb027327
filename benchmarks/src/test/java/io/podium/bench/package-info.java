/** Tests of the frame: what is judged, and how it is told. */
@NullMarked
package io.podium.bench;

import org.jspecify.annotations.NullMarked;
