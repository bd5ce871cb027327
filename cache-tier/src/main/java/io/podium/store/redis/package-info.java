/**
 * The Redis tier: listings, cards, boards and announcements in the cache role, on one server,
 * behind Sentinel or on a cluster. Needs Redis 6.2.
 *
 * <pre>
 * podium:listing:{N}:board|slice hash: e epoch, v the newest listing, n deltas since a full history entry
 * podium:history:{N}:board|slice stream, entry id = epoch: t asOf in microseconds, f a listing or d a delta
 * podium:card:ID                 a card
 * podium:boards:{0}              hash: e version, v the boards document
 * podium:fence:{N}               the highest fencing token seen by part N, one of 256
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
