/**
 * What a page is, without I/O: the boards as requests see them, the name of a page, its cursor, and
 * its bytes.
 *
 * <pre>
 * target -> PageSpec -> (listing, cards) -> PageEncoder -> Page (identity, gzip; one ETag each)
 * </pre>
 *
 * Everything here is immutable or confined to one call, and safe from any thread.
 */
@NullMarked
package io.podium.read.page;

import org.jspecify.annotations.NullMarked;
