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
    return new Judgement(budget, figure, null, Verdict.of(budget.limit(), figure));
  }

  static Judgement notMeasured(Budget budget, @Nullable String why) {
    return new Judgement(budget, null, why, Verdict.NOT_MEASURED);
  }

  /** 0: all met; 1: a breach; 2: no breach seen, but a budget without a verdict. */
  static int exitCode(List<Judgement> all) {
    if (all.stream().anyMatch(j -> j.verdict == Verdict.BREACHED)) {
      return 1;
    }
    return all.stream().allMatch(j -> j.verdict == Verdict.MET) ? 0 : 2;
  }
}
