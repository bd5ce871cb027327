/**
 * Traces by OpenTelemetry, off unless an address is configured. Code asks {@link
 * io.podium.trace.Traces} for spans whether or not they go anywhere; safe from any thread, never
 * waits.
 */
@NullMarked
package io.podium.trace;

import org.jspecify.annotations.NullMarked;
