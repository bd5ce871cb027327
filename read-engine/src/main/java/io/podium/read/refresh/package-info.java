/**
 * Keeps what is read true: follows the announcements, fetches what changed, encodes it, and puts it
 * where the hit path finds it.
 *
 * <pre>
 * AnnouncementLog -> Refresher -> StoreReads (Redis, else Mongo) -> Listings, Cards -> PageEncoder
 *                                                                   -> hit.Pages, Warm (hot tier)
 * miss -> PageLoader (one load a page, however many ask) -> PageMaker -> the same
 * </pre>
 *
 * The refresher has a thread of its own, loads run on the workers; nothing here runs on an event
 * loop except {@link io.podium.read.refresh.PageLoader#load}, which only starts work.
 */
@NullMarked
package io.podium.read.refresh;

import org.jspecify.annotations.NullMarked;
