@NullMarked
package io.podium.read.hit;

import org.jspecify.annotations.NullMarked;
