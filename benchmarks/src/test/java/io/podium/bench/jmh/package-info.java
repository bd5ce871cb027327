@NullMarked
package io.podium.bench.jmh;

import org.jspecify.annotations.NullMarked;
