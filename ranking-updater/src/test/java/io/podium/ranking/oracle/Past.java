package io.podium.ranking.oracle;

import io.podium.ranking.board.Board;
import io.podium.ranking.board.Window;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Which times count on a board at T, and with what weight. */
public final class Past {
  private static final int MOST_STEPS = 1_500;
  private static final int HALF_LIVES = 20;

  private final Board board;
  private final Instant t;
  private final Instant start;

  Past(Board board, Instant t) {
    this.board = board;
    this.t = t;
    this.start = start(board, t);
  }

  /** Nanoseconds since the Unix epoch. */
  public static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }

  public static Instant floor(Instant time, Duration step) {
    long floored = Math.floorDiv(nanos(time), step.toNanos()) * step.toNanos();
    return Instant.EPOCH.plusNanos(floored);
  }

  /** The first time that counts at {@code t}. */
  public static Instant start(Board board, Instant t) {
    Duration step = board.step();
    if (board.window() instanceof Window.Sliding sliding) {
      return floor(t, step).plus(step).minus(sliding.length());
    }
    if (board.window() instanceof Window.Today today) {
      return midnight(today.zone(), t);
    }
    Duration horizon = ((Window.HalfLife) board.window()).halfLife().multipliedBy(HALF_LIVES);
    Instant oldest = floor(t, step);
    for (int i = 1; i < MOST_STEPS; i++) {
      Instant older = oldest.minus(step);
      if (Duration.between(older, floor(t, step)).compareTo(horizon) >= 0) {
        break;
      }
      oldest = older;
    }
    return oldest;
  }

  /** Walks back to the first quarter of an hour of the zone's day: every offset is a multiple. */
  private static Instant midnight(ZoneId zone, Instant t) {
    LocalDate day = LocalDate.ofInstant(t, zone);
    Duration quarter = Duration.ofMinutes(15);
    Instant first = floor(t, quarter);
    while (LocalDate.ofInstant(first.minus(quarter), zone).equals(day)) {
      first = first.minus(quarter);
    }
    return first;
  }

  Instant start() {
    return start;
  }

  boolean holds(Instant time) {
    return !time.isBefore(start) && !time.isAfter(t);
  }

  /** What one unit at {@code time} adds. */
  BigInteger weight(Instant time) {
    if (!(board.window() instanceof Window.HalfLife halfLife)) {
      return BigInteger.ONE;
    }
    Duration age = Duration.between(floor(time, board.step()), floor(t, board.step()));
    double halvings = (double) age.toMillis() / halfLife.halfLife().toMillis();
    return BigInteger.valueOf(Math.round(0x1p40 * StrictMath.pow(2, -halvings)));
  }
}
