/** The engine against real stores: processes that are killed, frozen and started again. */
@NullMarked
package io.podium.read;

import org.jspecify.annotations.NullMarked;
