/** What is special to this tier, on real processes. */
@NullMarked
package io.podium.store.mongo;

import org.jspecify.annotations.NullMarked;
