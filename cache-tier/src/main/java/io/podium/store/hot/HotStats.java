package io.podium.store.hot;

/**
 * Numbers since opening, for metrics.
 *
 * @param entries held now
 * @param capacity entries at most
 * @param evicted least used entries that made room
 * @param busy reads that fell back because a lock was held: alert when it is not close to zero
 * @param corrupt values whose checksum did not match; they are removed
 * @param refused puts that found no room or were too large
 * @param setAside files that could not be used and were renamed, at opening
 * @param freePercent head-room, 0 to 100, of entries or of bytes, whichever is less: alert below
 *     10, before values that are in use make room for others
 */
public record HotStats(
    long entries,
    long capacity,
    long evicted,
    long busy,
    long corrupt,
    long refused,
    long setAside,
    int freePercent) {}
