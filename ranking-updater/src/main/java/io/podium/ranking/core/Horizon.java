package io.podium.ranking.core;

import io.podium.ranking.board.Board;
import io.podium.ranking.board.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Which times count on a board at T, and in which of a ring of steps they are counted. A board over
 * {@code today} has a single step: the day.
 */
final class Horizon {
  private static final int MOST_STEPS = 1500;
  private static final int HALF_LIVES = 20;
  private static final double SCALE = 0x1p40;

  private final long step;
  private final int steps;
  private final @Nullable ZoneId today;
  private final long @Nullable [] weights;
  private long start = Nanos.NONE;
  private long t = Nanos.NONE;

  Horizon(Board board) {
    step = Nanos.of(board.step());
    Window window = board.window();
    today = window instanceof Window.Today day ? day.zone() : null;
    if (window instanceof Window.HalfLife half) {
      long halfLife = Nanos.of(half.halfLife());
      // Ages below 20 half-lives: k steps with k * step < 20 * halfLife.
      long horizon = Math.min(HALF_LIVES * halfLife, MOST_STEPS * step);
      steps = (int) Math.min(MOST_STEPS, (horizon + step - 1) / step);
      weights = weights(steps, step, halfLife);
    } else if (window instanceof Window.Sliding sliding) {
      steps = (int) (Nanos.of(sliding.length()) / step);
      weights = null;
    } else {
      steps = 1;
      weights = null;
    }
  }

  private static long[] weights(int steps, long step, long halfLife) {
    long[] w = new long[steps];
    for (int k = 0; k < steps; k++) {
      double age = (double) (k * step);
      w[k] = Math.round(SCALE * StrictMath.pow(2, -age / halfLife));
    }
    return w;
  }

  /** Returns whether the start moved. */
  boolean moveTo(long now) {
    t = now;
    long before = start;
    start = startAt(now);
    return start != before;
  }

  private long startAt(long now) {
    if (today == null) {
      return (Math.floorDiv(now, step) - (steps - 1)) * step;
    }
    Instant at = Nanos.instant(now);
    LocalDate day = LocalDate.ofInstant(at, today);
    return Nanos.of(day.atStartOfDay(today).toInstant());
  }

  /** The earliest time that counts; {@link Nanos#NONE} before T is known. */
  long start() {
    return start;
  }

  boolean holds(long time) {
    return time >= start && time <= t && t != Nanos.NONE;
  }

  int steps() {
    return steps;
  }

  long t() {
    return t;
  }

  /** floor(T, step). */
  long at() {
    return Math.floorDiv(t, step) * step;
  }

  /** The ring position of a time that counts. */
  int slot(long time) {
    return today != null ? 0 : (int) Math.floorMod(Math.floorDiv(time, step), (long) steps);
  }

  /** How many positions leave when the start moves from there to here. */
  int leaving(long oldStart) {
    if (oldStart == Nanos.NONE) {
      return 0;
    }
    if (today != null) {
      return start == oldStart ? 0 : 1;
    }
    return (int) Math.min(steps, (start - oldStart) / step);
  }

  /** The ring position of the i-th oldest step of a window with that start. */
  int slotFrom(long oldStart, int i) {
    return today != null ? 0 : slot(oldStart + i * step);
  }

  boolean fades() {
    return weights != null;
  }

  /** The weight of a time that counts: 1 unless the board fades. */
  long weight(long time) {
    if (weights == null) {
      return 1;
    }
    return weights[(int) (Math.floorDiv(t, step) - Math.floorDiv(time, step))];
  }

  /** The weight of the step at a ring position. */
  long weightOfSlot(int slot) {
    if (weights == null) {
      return 1;
    }
    return weights[Math.floorMod(slot(t) - slot, steps)];
  }
}
