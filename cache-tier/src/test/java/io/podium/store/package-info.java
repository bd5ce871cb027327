/** Contract suites that every backend passes, on real processes. */
@NullMarked
package io.podium.store;

import org.jspecify.annotations.NullMarked;
