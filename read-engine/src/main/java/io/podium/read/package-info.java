/**
 * The read engine: {@code podium serve}. Event loops answer ({@code hit}, {@code http}), workers
 * load and encode ({@code refresh}), one more event loop serves operators ({@code admin}).
 */
@NullMarked
package io.podium.read;

import org.jspecify.annotations.NullMarked;
