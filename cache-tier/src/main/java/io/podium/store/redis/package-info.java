/**
 * The Redis tier: listings, cards, boards and announcements in the cache role. Needs Redis 6.2.
 *
 * <pre>
 * podium:listing:{board|slice}   hash: e epoch, v the newest listing, n deltas since a full history entry
 * podium:history:{board|slice}   stream, entry id = epoch: t asOf in microseconds, f a listing or d a delta
 * podium:card:ID                 a card
 * podium:boards                  hash: e version, v the boards document
 * podium:fence                   the highest fencing token seen
 * podium:announcements           stream
 * </pre>
 *
 * <p>Each change of a key is one Lua script, so that fencing, version check and both writes are one
 * step. Calls never block and complete on a Redis I/O thread or, when their deadline passed, on a
 * timer thread: continue elsewhere with what takes time.
 */
@NullMarked
package io.podium.store.redis;

import org.jspecify.annotations.NullMarked;
