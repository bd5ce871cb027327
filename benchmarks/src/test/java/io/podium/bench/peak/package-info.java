@NullMarked
package io.podium.bench.peak;

import org.jspecify.annotations.NullMarked;
