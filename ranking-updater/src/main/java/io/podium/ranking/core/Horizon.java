package io.podium.ranking.core;

import io.podium.ranking.board.Board;
import io.podium.ranking.board.Window;
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

  /** The step that T is in, in which most events are: from, to (exclusive), and its position. */
  private long current;

  private long next = Nanos.NONE;
  private int currentSlot;

  /** The step of the last time that was in another one: from, to (exclusive), position and age. */
  private long lateFrom = Nanos.NONE;

  private long lateTo = Nanos.NONE;
  private int lateSlot;
  private int lateAge;

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

  /** Whether the window is the same at that T, which is not before the last. */
  boolean holdsStepOf(long now) {
    return now < next;
  }

  void moveTo(long now) {
    t = now;
    if (now < next) {
      return;
    }
    if (today == null) {
      current = Math.floorDiv(now, step) * step;
      next = current + step;
      start = current - (steps - 1) * step;
      currentSlot = slotOf(now);
      lateTo = lateFrom;
    } else {
      LocalDate day = LocalDate.ofInstant(Nanos.instant(now), today);
      start = Nanos.of(day.atStartOfDay(today).toInstant());
      next = Nanos.of(day.plusDays(1).atStartOfDay(today).toInstant());
      current = start;
    }
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
    if (today != null || (time >= current && time < next)) {
      return currentSlot;
    }
    find(time);
    return lateSlot;
  }

  /** Events that are late are late together: one division for all of a step. */
  private void find(long time) {
    if (time < lateFrom || time >= lateTo) {
      lateFrom = Math.floorDiv(time, step) * step;
      lateTo = lateFrom + step;
      lateSlot = slotOf(time);
      lateAge = (int) ((current - lateFrom) / step);
    }
  }

  int currentSlot() {
    return currentSlot;
  }

  /** The number of the running step, counted from the epoch. */
  long step() {
    return Math.floorDiv(t, step);
  }

  long stepOf(long time) {
    return Math.floorDiv(time, step);
  }

  int slotOfStep(long number) {
    return Math.floorMod(number, steps);
  }

  /** How much of the running step has passed, 0 to 1. */
  double partOfStep() {
    return (t - current) / (double) step;
  }

  /** Of a board that fades; in steps, below {@link #steps}. */
  long weightOfAge(int age) {
    return weights == null ? 1 : weights[age];
  }

  private int slotOf(long time) {
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
    if (time >= current) {
      return weights[0];
    }
    find(time);
    return weights[lateAge];
  }

  /** The weight of the step at a ring position. */
  long weightOfSlot(int slot) {
    if (weights == null) {
      return 1;
    }
    return weights[Math.floorMod(slot(t) - slot, steps)];
  }
}
