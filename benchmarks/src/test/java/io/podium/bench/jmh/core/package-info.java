@NullMarked
package io.podium.bench.jmh.core;

import org.jspecify.annotations.NullMarked;
