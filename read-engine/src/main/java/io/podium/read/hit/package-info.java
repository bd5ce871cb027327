/**
 * The hit path: request target -> held page -> socket. Runs on event loops only; takes no lock,
 * calls no store, parses no JSON, compresses nothing.
 *
 * <pre>
 * KnownHeads -> (decoder) -> HitLane -> Front (as below) -> HeadWriter    HTTP/1.1
 * HitHandler -> Front (this loop's raw targets) -> Held (the page, replaced in place) -> PageWriter
 *      \-> anything else: the slow path, {@code http.Routes}
 * </pre>
 *
 * {@link io.podium.read.hit.Pages} is filled from other threads; replacing a page is one volatile
 * write, so a reader sees the old page or the new one, never half of either.
 */
@NullMarked
package io.podium.read.hit;

import org.jspecify.annotations.NullMarked;
