package io.podium.ranking.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The fewest steps that still fail: halves, quarters, ... single steps are left out in turn. */
final class Shrink {
  private static final int MOST_RUNS = 3_000;

  private Shrink() {}

  static Scenario of(Scenario failing, Predicate<Scenario> fails) {
    List<Step> steps = new ArrayList<>(failing.steps());
    int runs = 0;
    for (int chunk = Math.max(1, steps.size() / 2); chunk >= 1; chunk /= 2) {
      for (int from = 0; from < steps.size() && runs < MOST_RUNS; ) {
        List<Step> fewer = new ArrayList<>(steps);
        fewer.subList(from, Math.min(steps.size(), from + chunk)).clear();
        runs++;
        if (fails.test(failing.with(fewer))) {
          steps = fewer;
        } else {
          from += chunk;
        }
      }
    }
    return failing.with(steps);
  }
}
