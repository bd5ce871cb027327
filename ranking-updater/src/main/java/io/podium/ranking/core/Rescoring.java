package io.podium.ranking.core;

import java.util.Arrays;

/**
 * The totals of a board that fades, for one step. Its weights are rounded, so no total can be aged:
 * when a step turns, every total is a new sum over all counters. That sum is begun while the step
 * before is still running, a few steps of the ring at a time, so that at the turn little is left;
 * what is added to a step that was summed already is added here as well. Steps that are about to
 * leave, and the running one, are left out until the turn. Exact at all times: how far the sum has
 * come is seen in speed only.
 */
final class Rescoring {
  private static final long NONE = Long.MIN_VALUE;

  private final Horizon horizon;
  private final StepTable[] ring;
  private final Column sums;
  private final boolean[] done;
  private long target = NONE;
  private int ages;

  /**
   * @param ring the board's counters by ring position
   */
  Rescoring(Arena arena, Horizon horizon, StepTable[] ring) {
    this.horizon = horizon;
    this.ring = ring;
    this.sums = new Column(arena);
    this.done = new boolean[ring.length];
  }

  /**
   * Goes on with the sums for the step after the running one.
   *
   * @param counters about how many are summed at most
   */
  void prepare(SeriesTable series, long counters) {
    long next = horizon.step() + 1;
    if (target != next) {
      begin(next, series);
    }
    sums.ensure(series.end());
    double due = horizon.partOfStep() * 4 / 3 * ring.length;
    long summed = 0;
    // The oldest first: it is the latest that are added to.
    for (; ages < Math.min(due, ring.length - 2) && summed < counters; ages++) {
      int slot = horizon.slotOfStep(next - (ring.length - 1) + ages);
      ring[slot].addTo(sums, horizon.weightOfAge(ring.length - 1 - ages));
      done[slot] = true;
      summed += ring[slot].size();
    }
  }

  /** A counter of a step has grown. */
  void added(int s, long time, Wide by) {
    long ahead = target - horizon.step();
    if ((ahead == 0 || ahead == 1) && done[horizon.slot(time)]) {
      sums.ensure(s);
      Wide weighted = new Wide();
      weighted.set(by.hi, by.lo);
      weighted.multiply(horizon.weightOfAge((int) (target - horizon.stepOf(time))));
      sums.add(s, weighted.hi, weighted.lo);
    }
  }

  /**
   * Sums what is left for the running step, whose counters are all in the ring; sets all totals.
   */
  void finish(SeriesTable series) {
    if (target != horizon.step()) {
      begin(horizon.step(), series);
    }
    sums.ensure(series.end());
    for (int slot = 0; slot < ring.length; slot++) {
      if (!done[slot]) {
        ring[slot].addTo(sums, horizon.weightOfSlot(slot));
      }
    }
    for (int s = 0; s < series.end(); s++) {
      series.setTotal(s, sums.hi(s), sums.lo(s));
    }
    clear(series);
  }

  private void begin(long step, SeriesTable series) {
    if (target != NONE) {
      clear(series);
    }
    target = step;
  }

  private void clear(SeriesTable series) {
    // There may be more of them than when the sum was begun.
    sums.ensure(series.end());
    for (int s = 0; s < series.end(); s++) {
      sums.clear(s);
    }
    Arrays.fill(done, false);
    ages = 0;
    target = NONE;
  }
}
