/**
 * The public port behind the hit path: targets, routes, errors, events, documents.
 *
 * <pre>
 * request -> hit.HitHandler -> Routes (switch by path) -> PageRoute | ExplainRoute | ChangesRoute
 *                                                         ProductRoute | BoardsRoute | Documents
 * </pre>
 *
 * Handlers run on the connection's event loop and never block; what takes long is done by {@code
 * refresh} on its own threads, and the answer is written back on the loop.
 */
@NullMarked
package io.podium.read.http;

import org.jspecify.annotations.NullMarked;
