package io.podium.ranking.core;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Blobs of any size outside the heap, kept by time: all blobs of one span of time lie together and
 * are given back together. A blob starts with its size (int). An address names a blob for its life
 * and is never 0.
 */
final class Segments {
  private static final int FIRST_CHUNK = 1 << 12;
  private static final int LAST_CHUNK = 1 << 18;
  private static final int OFFSET_BITS = 24;
  private static final int SLOT_SHIFT = 48;
  private static final int LOW = (1 << OFFSET_BITS) - 1;

  private final Arena arena;
  private final long span;
  private final Tally bytes;
  private final Map<Long, Segment> byPeriod = new HashMap<>();
  private final List<@Nullable Segment> slots = new ArrayList<>();
  private @Nullable Segment last;

  /**
   * @param span nanoseconds of one segment
   */
  Segments(Arena arena, long span, Tally bytes) {
    this.arena = arena;
    this.span = span;
    this.bytes = bytes;
    slots.add(null);
  }

  long append(long time, int size) {
    int aligned = (size + 7) & ~7;
    Segment s = segment(Math.floorDiv(time, span));
    if (s.count == 0 || s.position + aligned > s.chunks[s.count - 1].capacity()) {
      s.grow(aligned);
    }
    int at = s.position;
    s.position += aligned;
    s.chunks[s.count - 1].putInt(at, aligned);
    bytes.used += aligned;
    return (long) s.slot << SLOT_SHIFT | (long) (s.count - 1) << OFFSET_BITS | at;
  }

  ByteBuffer buffer(long address) {
    Segment s = slots.get((int) (address >>> SLOT_SHIFT));
    if (s == null) {
      throw new IllegalStateException("forgotten blob");
    }
    return s.chunks[(int) (address >>> OFFSET_BITS) & LOW];
  }

  static int offset(long address) {
    return (int) address & LOW;
  }

  /** Gives back the segments that end at or before that time, after telling each blob. */
  void forgetBefore(long time, LongConsumer blob) {
    for (Iterator<Segment> it = byPeriod.values().iterator(); it.hasNext(); ) {
      Segment s = it.next();
      if (s.period < Math.floorDiv(time, span)) {
        s.forEach(blob::accept);
        s.free();
        slots.set(s.slot, null);
        it.remove();
        last = null;
      }
    }
  }

  /** Told the address of every blob. */
  interface Visitor<X extends Exception> {
    void blob(long address) throws X;
  }

  <X extends Exception> void forEach(Visitor<X> visitor) throws X {
    for (Segment s : byPeriod.values()) {
      s.forEach(visitor);
    }
  }

  private Segment segment(long period) {
    Segment s = last;
    if (s == null || s.period != period) {
      s = byPeriod.computeIfAbsent(period, this::open);
      last = s;
    }
    return s;
  }

  private Segment open(long period) {
    int slot = 1;
    while (slot < slots.size() && slots.get(slot) != null) {
      slot++;
    }
    Segment s = new Segment(period, slot);
    if (slot == slots.size()) {
      slots.add(s);
    } else {
      slots.set(slot, s);
    }
    return s;
  }

  private final class Segment {
    final long period;
    final int slot;
    ByteBuffer[] chunks = new ByteBuffer[2];
    int[] ends = new int[2];
    int count;
    int position;

    Segment(long period, int slot) {
      this.period = period;
      this.slot = slot;
    }

    void grow(int atLeast) {
      if (count == chunks.length) {
        chunks = Arrays.copyOf(chunks, count * 2);
        ends = Arrays.copyOf(ends, count * 2);
      }
      int size = count == 0 ? FIRST_CHUNK : chunks[count - 1].capacity() * 2;
      if (count > 0) {
        ends[count - 1] = position;
      }
      chunks[count++] = arena.allocate(Math.max(atLeast, Math.min(LAST_CHUNK, size)));
      position = 0;
    }

    <X extends Exception> void forEach(Visitor<X> visitor) throws X {
      for (int c = 0; c < count; c++) {
        int end = c == count - 1 ? position : ends[c];
        for (int at = 0; at < end; at += chunks[c].getInt(at)) {
          visitor.blob((long) slot << SLOT_SHIFT | (long) c << OFFSET_BITS | at);
        }
      }
    }

    void free() {
      forEach(a -> bytes.used -= buffer(a).getInt(offset(a)));
      for (int c = 0; c < count; c++) {
        arena.free(chunks[c]);
      }
    }
  }
}
