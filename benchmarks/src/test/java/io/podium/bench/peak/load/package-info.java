@NullMarked
package io.podium.bench.peak.load;

import org.jspecify.annotations.NullMarked;
