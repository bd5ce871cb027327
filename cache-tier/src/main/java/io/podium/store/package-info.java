/** What a tier must do; one room per backend below. */
@NullMarked
package io.podium.store;

import org.jspecify.annotations.NullMarked;
