package io.podium.ranking.core;

import java.io.DataInputStream;
import java.io.DataOutputStream;
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

  private static final long MINUTE = 60_000_000_000L;

  private final KeyTable table;
  private final Tally tally;
  private int boundary = Integer.MIN_VALUE;
  private long purgeAt;

  /** The id that was looked for last is in no entry, not even an expired one. */
  private boolean absent;

  Dedupe(Arena arena, Tally tally) {
    // 12 bytes of 16: entries of 32 bytes lie within one cache line.
    this.table = new KeyTable(arena, 16, tally);
    this.tally = tally;
  }

  long touch(Key id) {
    return table.touch(id.hi, id.lo);
  }

  Seen look(Key id, long contentHash) {
    long entry = table.find(id.hi, id.lo);
    absent = entry == KeyTable.ABSENT;
    if (absent) {
      return Seen.NEW;
    }
    long payload = table.getLong(entry, 0);
    if ((int) payload < boundary) {
      return Seen.NEW;
    }
    return (int) (payload >>> 32) == fold(contentHash) ? Seen.REPEAT : Seen.CONFLICT;
  }

  /**
   * Remembers the id that was just looked for, and found new.
   *
   * @param until remembered as long as events of that time count
   */
  void remember(Key id, long contentHash, long until) {
    if (tally.used >= purgeAt) {
      purge();
    }
    long entry = absent ? KeyTable.ABSENT : table.find(id.hi, id.lo);
    absent = false;
    if (entry == KeyTable.ABSENT) {
      entry = table.insert(id.hi, id.lo);
    }
    table.putLong(entry, 0, (long) fold(contentHash) << 32 | (minutes(until) & 0xffffffffL));
  }

  void forgetBefore(long time) {
    boundary = Math.max(boundary, minutes(time));
  }

  boolean hasRoom() {
    if (!tally.hasRoom(1)) {
      purge();
    }
    return tally.hasRoom(1);
  }

  private void purge() {
    table.retain(entry -> (int) table.getLong(entry, 0) >= boundary);
    purgeAt = Math.max(1 << 16, tally.used * 2);
  }

  void save(DataOutputStream out) throws IOException {
    purge();
    out.writeLong(tally.used);
    for (long e = table.next(0); e != KeyTable.ABSENT; e = table.next(e + 1)) {
      out.writeLong(table.keyHi(e));
      out.writeLong(table.keyLo(e));
      out.writeLong(table.getLong(e, 0));
    }
  }

  void restore(DataInputStream in) throws IOException {
    long n = in.readLong();
    for (long i = 0; i < n; i++) {
      long entry = table.insert(in.readLong(), in.readLong());
      table.putLong(entry, 0, in.readLong());
    }
  }

  private static int fold(long hash) {
    return (int) (hash ^ (hash >>> 32));
  }

  private static int minutes(long time) {
    return time == Nanos.NONE ? Integer.MIN_VALUE : (int) Math.floorDiv(time, MINUTE);
  }
}
