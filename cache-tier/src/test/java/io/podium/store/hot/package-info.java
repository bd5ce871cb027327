/** What is special to this tier, on real processes. */
@NullMarked
package io.podium.store.hot;

import org.jspecify.annotations.NullMarked;
