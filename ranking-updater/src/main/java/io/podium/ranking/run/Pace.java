package io.podium.ranking.run;

/** Pauses by the wall clock. */
final class Pace {
  private Pace() {}

  /**
   * Whether the pause since the last time is over; also when the clock was set back since, for then
   * nobody knows how long that was.
   *
   * @param last wall clock, ms; so are the others
   */
  static boolean isOver(long last, long now, long pause) {
    return now - last >= pause || now < last;
  }
}
