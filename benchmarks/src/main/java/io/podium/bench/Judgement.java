package io.podium.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One budget with what was measured.
 *
 * @param figure null when it could not be measured
 * @param why in that case, else null
 */
public record Judgement(
    Budget budget, @Nullable Figure figure, @Nullable String why, Verdict verdict) {
  static Judgement of(Budget budget, Figure figure) {
    Limit limit = budget.limit();
    Verdict verdict = limit == null ? Verdict.TOLD : Verdict.of(limit, figure);
    return new Judgement(budget, figure, null, verdict);
  }

  static Judgement notMeasured(Budget budget, @Nullable String why) {
    return new Judgement(budget, null, why, Verdict.NOT_MEASURED);
  }

  /** 0: all met; 1: a breach; 2: no breach seen, but a budget without a verdict. */
  static int exitCode(List<Judgement> all) {
    if (all.stream().anyMatch(j -> j.verdict == Verdict.BREACHED)) {
      return 1;
    }
    boolean judged =
        all.stream().allMatch(j -> j.verdict == Verdict.MET || j.budget().limit() == null);
    return judged ? 0 : 2;
  }
}
