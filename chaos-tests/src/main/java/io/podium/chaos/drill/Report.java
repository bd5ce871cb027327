package io.podium.chaos.drill;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a drill.
 *
 * @param at when it began, ISO
 * @param facts what was done and measured, by name; not judged
 * @param failure why it could not be run to its end; null: it was
 */
public record Report(
    String drill,
    String hypothesis,
    List<Integer> promises,
    String scale,
    long seed,
    String at,
    double seconds,
    List<Check> checks,
    Map<String, String> facts,
    @Nullable String failure) {
  public boolean passed() {
    return failure == null && !checks.isEmpty() && checks.stream().allMatch(Check::holds);
  }

  /** For people: the verdict, each check and fact on a line. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(passed() ? "PASSED  " : "FAILED  ").append(drill);
    text.append(
        String.format(java.util.Locale.ROOT, "  (%s, %.1f s, seed %d)%n", scale, seconds, seed));
    text.append("        ").append(hypothesis).append('\n');
    for (Check c : checks) {
      text.append(c.holds() ? "    ok  " : "BROKEN  ").append(c.claim());
      text.append(": ").append(c.evidence()).append('\n');
    }
    facts.forEach((k, v) -> text.append("        ").append(k).append(": ").append(v).append('\n'));
    if (failure != null) {
      text.append("        could not be finished: ").append(failure).append('\n');
    }
    return text.toString();
  }
}
