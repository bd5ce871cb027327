package io.podium.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rounds a figure is taken from: the mode's, and as many again while they leave its budget
 * without a verdict. It is looked at no oftener than that: whoever looks after each round ends when
 * chance allows it. Two looks at intervals of {@link Spread} tell the truth together with a
 * confidence of 81 % at the least (of the full form's 78 %), if rounds are independent.
 */
public final class Rounds {
  private static final int LOOKS = 2;

  private final int step;
  private final int most;
  private final @Nullable Limit limit;

  private Rounds(int step, int most, @Nullable Limit limit) {
    this.step = step;
    this.most = most;
    this.limit = limit;
  }

  /** Of what is judged. */
  public static Rounds of(Mode mode, String id, String metric) {
    Limit limit =
        Budgets.load().stream()
            .filter(budget -> budget.id().equals(id) && budget.metric().equals(metric))
            .findFirst()
            .orElseThrow(() -> new MeasurementException("no budget is " + id + " " + metric))
            .limit();
    return of(mode, limit);
  }

  static Rounds of(Mode mode, @Nullable Limit limit) {
    return new Rounds(mode.rounds(), LOOKS * mode.rounds(), limit);
  }

  /** Of what is only told. */
  public static Rounds of(int rounds) {
    return new Rounds(rounds, rounds, null);
  }

  /**
   * Whether another round is to be measured.
   *
   * @param judged the value of each round so far
   * @param disturbance see {@link Figure}; beyond what is judged, more rounds bring no verdict
   */
  boolean needsMore(List<Double> judged, double disturbance) {
    int done = judged.size();
    if (done < step || !isLook(done)) {
      return true;
    }
    return done < most
        && limit != null
        && disturbance <= Verdict.DISTURBED
        && Verdict.of(limit, Spread.of(judged)) == Verdict.NOISY;
  }

  /** Whether it is looked whether so many are enough. */
  boolean isLook(int done) {
    return done % step == 0;
  }

  /** How far one is with so many done, 0 to 1; those that come on top are at the end. */
  double part(int done) {
    return Math.min(1, (double) done / step);
  }
}
