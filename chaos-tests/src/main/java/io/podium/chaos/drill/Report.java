package io.podium.chaos.drill;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.podium.chaos.check.History;
import io.podium.chaos.check.Timeline;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a drill.
 *
 * @param at when it began, ISO
 * @param facts what was done and measured, by name; not judged
 * @param bands when the fault lasted
 * @param timeline second by second; empty when nobody was watched
 * @param failure why it could not be run to its end; null: it was
 */
public record Report(
    String drill,
    Words hypothesis,
    String scale,
    long seed,
    String at,
    double seconds,
    List<Check> checks,
    Map<String, String> facts,
    List<History.Band> bands,
    List<Timeline.Point> timeline,
    @Nullable String failure) {
  @JsonProperty
  public boolean passed() {
    return failure == null && !checks.isEmpty() && checks.stream().allMatch(Check::holds);
  }

  /** For people: the verdict, each check and fact on a line. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(passed() ? "PASSED  " : "FAILED  ").append(drill);
    text.append(
        String.format(java.util.Locale.ROOT, "  (%s, %.1f s, seed %d)%n", scale, seconds, seed));
    text.append("        ").append(hypothesis.en()).append('\n');
    for (Check c : checks) {
      text.append(c.holds() ? "    ok  " : "BROKEN  ")
          .append("[")
          .append(c.promise().number())
          .append("] ")
          .append(c.claim());
      text.append(": ").append(c.evidence()).append('\n');
    }
    facts.forEach((k, v) -> text.append("        ").append(k).append(": ").append(v).append('\n'));
    if (failure != null) {
      text.append("        could not be finished: ").append(failure).append('\n');
    }
    return text.toString();
  }
}
