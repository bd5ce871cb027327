package io.podium.bench;

/** What a figure says about its budget. */
public enum Verdict {
  MET("met"),
  BREACHED("BREACHED"),
  /**
   * Another run could say the other: the limit lies inside a wide interval, or others took part.
   */
  NOISY("too noisy"),
  NOT_MEASURED("not measured"),
  /** It has no limit: a neighbour's figure, for comparison. */
  TOLD("told");

  /** Intervals up to this factor are judged by their median. */
  static final double NARROW = 1.1;

  /** Others with more of the machine than this starve one side of a pair more than the other. */
  static final double DISTURBED = 0.25;

  public final String text;

  Verdict(String text) {
    this.text = text;
  }

  /** None from a disturbed machine; else as {@link #of(Limit, Spread)}. */
  static Verdict of(Limit limit, Figure figure) {
    return figure.disturbance() > DISTURBED ? NOISY : of(limit, figure.spread());
  }

  /** Certain when the whole interval, or the median of a narrow one, lies on one side. */
  static Verdict of(Limit limit, Spread spread) {
    boolean same = limit.allows(spread.low()) == limit.allows(spread.high());
    if (!same && spread.factor() > NARROW) {
      return NOISY;
    }
    return limit.allows(spread.median()) ? MET : BREACHED;
  }
}
