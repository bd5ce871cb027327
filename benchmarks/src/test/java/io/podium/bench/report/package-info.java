@NullMarked
package io.podium.bench.report;

import org.jspecify.annotations.NullMarked;
