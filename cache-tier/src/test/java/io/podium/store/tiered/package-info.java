/** What is special to this tier, on real processes. */
@NullMarked
package io.podium.store.tiered;

import org.jspecify.annotations.NullMarked;
