/**
 * Real stores as processes of their own, for tests and for the demo: started on loopback, killed,
 * frozen and restarted on the same port and data, and never left behind.
 *
 * <p>Every call blocks until it is done or its deadline passed; not thread-safe unless said.
 */
@NullMarked
package io.podium.backends;

import org.jspecify.annotations.NullMarked;
