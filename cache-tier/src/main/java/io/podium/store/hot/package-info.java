/**
 * The hot tier: a bounded, persisted Chronicle Map outside the heap, of bytes by key.
 *
 * <pre>
 *   read ──try lock──► segment ──copy──► caller's bytes        (event loop: never waits)
 *   put  ──one writer at a time──► ring (who goes when it is full) ──► map   (off the loop)
 *                                     redo log: what a kill leaves half is put again
 * </pre>
 *
 * <p>One process owns a file at a time. A file that cannot be used is set aside and a fresh one
 * begun: what it held is loaded again from the next tier.
 */
@NullMarked
package io.podium.store.hot;

import org.jspecify.annotations.NullMarked;
