package io.podium.ranking.core;

import io.podium.ranking.event.Key;
import java.io.DataInputStream;
import java.io.IOException;

/**
 * Event ids that were seen, with a hash of their content, for as long as a repeat could still
 * count. What has expired is dropped when room is needed; whether it counts as seen depends on its
 * time only, never on when it was dropped.
 */
final class Dedupe {
  enum Seen {
    NEW,
    REPEAT,
    CONFLICT
  }

  /** A time is kept in 24 bits: units of 16 minutes hold all times that the core can tell. */
  private static final long UNIT = 16 * 60_000_000_000L;

  private static final int UNIT_BITS = 24;
  private static final long HALF = 1L << (UNIT_BITS - 1);

  private final IdTable table;
  private final Tally tally;
  private long boundary;
  private long purged;

  Dedupe(Arena arena, Tally tally) {
    this.table = new IdTable(arena, tally, this::lasts);
    this.tally = tally;
  }

  long touch(long idHi) {
    return table.touch(idHi);
  }

  Seen look(Key id, long contentHash) {
    if (!table.find(id)) {
      return Seen.NEW;
    }
    long payload = table.payload();
    if (!lasts(payload)) {
      return Seen.NEW;
    }
    return payload >>> UNIT_BITS == fold(contentHash) ? Seen.REPEAT : Seen.CONFLICT;
  }

  /**
   * Remembers an id that is new.
   *
   * @param until remembered as long as events of that time count
   */
  void remember(Key id, long contentHash, long until) {
    table.put(id, fold(contentHash) << UNIT_BITS | unit(until));
  }

  void forgetBefore(long time) {
    boundary = Math.max(boundary, unit(time));
  }

  /** Drops what has expired, if there is no room without. */
  void makeRoom() {
    if (!hasRoom() && purged < boundary) {
      table.purge();
      purged = boundary;
    }
  }

  boolean hasRoom() {
    return tally.hasRoom(1);
  }

  private boolean lasts(long payload) {
    return (payload & (1 << UNIT_BITS) - 1) >= boundary;
  }

  /** Of what has not expired; what has stays, for the loop does not wait for a clearing up. */
  void save(SnapshotOutput out) throws IOException {
    long[] lasting = {0};
    table.forEach((hi, rest) -> lasting[0] += lasts(rest) ? 1 : 0);
    out.writeLong(lasting[0]);
    table.forEach(
        (hi, rest) -> {
          if (lasts(rest)) {
            out.writeLong(hi);
            out.writeLong(rest);
          }
        });
  }

  void restore(DataInputStream in) throws IOException {
    long n = in.readLong();
    for (long i = 0; i < n; i++) {
      table.restore(in.readLong(), in.readLong());
    }
  }

  private static long fold(long hash) {
    return (hash ^ (hash >>> 24) ^ (hash >>> 48)) & 0xffffff;
  }

  private static long unit(long time) {
    return time == Nanos.NONE ? 0 : Math.floorDiv(time, UNIT) + HALF;
  }
}
