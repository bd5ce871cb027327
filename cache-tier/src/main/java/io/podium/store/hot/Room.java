package io.podium.store.hot;

import java.util.Arrays;

/**
 * Bytes that are free in each segment, as far as that is known: of one that was full since then. An
 * attempt to store in a full segment costs more than the value, so it is not made before as much
 * came free as is needed. What is free may lie in pieces that are too small; then the segment is
 * full again. Belongs to the one writer.
 */
final class Room {
  private static final int SIZE_BYTES = 3;

  /** More than will ever be stored. */
  private static final long UNKNOWN = Long.MAX_VALUE / 2;

  private final long chunk;
  private final long[] free;

  Room(int segments, long chunk) {
    this.chunk = chunk;
    this.free = new long[segments];
    Arrays.fill(free, UNKNOWN);
  }

  /** What a stored value of this length takes, key and size included. */
  long of(int length) {
    return (HotKey.BYTES + SIZE_BYTES + length + chunk - 1) / chunk * chunk;
  }

  boolean has(int segment, long bytes) {
    return free[segment] >= bytes;
  }

  void taken(int segment, long bytes) {
    free[segment] -= bytes;
  }

  void freed(int segment, long bytes) {
    free[segment] += bytes;
  }

  /** An attempt was in vain. */
  void full(int segment) {
    free[segment] = 0;
  }
}
