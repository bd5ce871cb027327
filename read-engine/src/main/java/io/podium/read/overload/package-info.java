/**
 * What keeps one client, or too many of them, from taking the engine away from the others.
 *
 * <pre>
 * accept -> Gate (connections in total and by address)
 *        -> ConnectionGuard (slow heads, clients that do not read; HTTP/2: Http2Streams)
 *        -> a hit is always answered; a miss asks Admission first (adaptive limit, shed with 503)
 * </pre>
 *
 * Gate and guards run on event loops; {@link io.podium.read.overload.Admission} is safe from any
 * thread.
 */
@NullMarked
package io.podium.read.overload;

import org.jspecify.annotations.NullMarked;
