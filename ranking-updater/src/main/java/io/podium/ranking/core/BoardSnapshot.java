package io.podium.ranking.core;

import io.podium.listing.Slice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One board in a snapshot: its definition's hash, the counters of each projection by step, and what
 * was returned. A board that changed, or is gone, is read and dropped.
 */
final class BoardSnapshot {
  private BoardSnapshot() {}

  static void save(BoardRanking b, SnapshotWriter w) throws IOException {
    w.text(b.board.name());
    w.text(ListingHash.definition(b.board));
    w.out.writeLong(b.counting.foreign);
    w.out.writeInt(b.counting.projections.size());
    for (Projection p : b.counting.projections) {
      projection(p, b.counting.horizon, w);
    }
    List<Place> returned = new ArrayList<>();
    for (Cut cut : b.standings.cuts) {
      cut.forEach(
          place -> {
            if ((place.returnedHi | place.returnedLo) != 0) {
              returned.add(place);
            }
          });
    }
    w.out.writeInt(returned.size());
    for (Place place : returned) {
      w.slice(place.key.slice());
      w.out.writeLong(place.returnedHi);
      w.out.writeLong(place.returnedLo);
    }
  }

  private static void projection(Projection p, Horizon horizon, SnapshotWriter w)
      throws IOException {
    p.gather(horizon.currentSlot());
    w.texts(p.dimensions);
    w.out.writeInt(p.tupleCount());
    for (int i = 0; i < p.tupleCount(); i++) {
      w.texts(p.isFreeTuple(i) ? List.of() : p.tupleValues(i));
    }
    for (int s = 0; s < p.series.end(); s++) {
      if (p.series.isLive(s)) {
        w.out.writeInt(s);
        w.out.writeInt(p.series.product(s));
        w.out.writeInt(p.series.tuple(s));
      }
    }
    w.out.writeInt(-1);
    for (int slot = 0; slot < horizon.steps(); slot++) {
      StepTable step = p.step(slot);
      w.out.writeInt(step.size());
      for (int i = step.next(0); i >= 0; i = step.next(i + 1)) {
        w.out.writeInt(step.series(i));
        w.out.writeLong(step.lo(i));
        w.out.writeLong(step.hi(i));
      }
    }
    w.out.writeInt(-1);
  }

  /** Returns the board's name if it was taken up, else an empty string. */
  static String restore(CoreState state, SnapshotReader r) throws IOException {
    String name = r.text();
    String definition = r.text();
    BoardRanking b = state.boards.get(name);
    if (b != null && !ListingHash.definition(b.board).equals(definition)) {
      b = null;
    }
    long foreign = r.in.readLong();
    int projections = r.in.readInt();
    for (int i = 0; i < projections; i++) {
      List<String> dimensions = r.texts();
      projection(b == null ? null : b.counting.projection(dimensions), r);
    }
    int returned = r.in.readInt();
    for (int i = 0; i < returned; i++) {
      Slice slice = r.slice();
      returned(b, slice, r.in.readLong(), r.in.readLong());
    }
    if (b != null) {
      b.counting.foreign = foreign;
    }
    return b == null ? "" : name;
  }

  private static void returned(@Nullable BoardRanking b, Slice slice, long hi, long lo) {
    Cut cut = b == null ? null : b.standings.cut(slice.values().keySet());
    if (b != null && cut != null) {
      Place place = cut.reopen(slice);
      place.returnedHi = hi;
      place.returnedLo = lo;
      b.standings.touch(place);
    }
  }

  private static void projection(@Nullable Projection p, SnapshotReader r) throws IOException {
    int tuples = r.in.readInt();
    for (int i = 0; i < tuples; i++) {
      List<String> values = r.texts();
      if (p != null && values.size() < p.dimensions.size()) {
        p.restoreFreeTuple();
      } else if (p != null) {
        p.restoreTuple(values);
      }
    }
    IntList now = new IntList();
    for (int s = r.in.readInt(); s >= 0; s = r.in.readInt()) {
      while (now.size() <= s) {
        now.add(-1);
      }
      int product = r.in.readInt();
      int tuple = r.in.readInt();
      now.set(s, p == null ? -1 : p.series.of(product, tuple));
    }
    int slot = 0;
    for (int n = r.in.readInt(); n >= 0; n = r.in.readInt()) {
      for (int i = 0; i < n; i++) {
        int s = now.get(r.in.readInt());
        long lo = r.in.readLong();
        long hi = r.in.readLong();
        if (p != null) {
          p.restore(slot, s, hi, lo);
        }
      }
      slot++;
    }
  }
}
