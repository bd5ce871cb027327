package io.podium.chaos.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.podium.chaos.check.History;
import io.podium.chaos.check.Timeline;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  @Test
  void tellsEachPromiseInBothLanguagesAndReachesForNothing() throws Exception {
    String page =
        new HtmlReport(List.of(report("one", true), report("two", false)), List.of()).text();
    assertThat(page)
        .contains(Promise.COUNTED_ONCE.sentence().en(), Promise.COUNTED_ONCE.sentence().ko())
        .contains("1 of 2 drills passed.", "It did not hold in: two", "Not tried in this run.")
        .contains("class=\"band\"", "&lt;b>", "가설")
        .doesNotContain("{{", "http://", "https://", "<b>bold");
  }

  @Test
  void aDrillThatDidNotFinishShowsNothing() throws Exception {
    Report cut = report("one", true, "it was not over within 1 s");
    String page = new HtmlReport(List.of(cut), List.of("two")).text();
    assertThat(page)
        .contains("Not shown, for it did not finish: one", "Left out", "0 of 1 drills passed.")
        .doesNotContain("It held in");
  }

  private static Report report(String name, boolean holds) {
    return report(name, holds, null);
  }

  private static Report report(String name, boolean holds, @Nullable String failure) {
    Check check = new Check(Promise.COUNTED_ONCE, "counted <b>bold", holds, "as seen");
    Timeline.Point point =
        new Timeline.Point(0, 10, 0, 1, 2, 3, Map.of("hot", 10), 100, Map.of("redis", 1.0), 5);
    return new Report(
        name,
        new Words("A hypothesis.", "가설입니다."),
        "short",
        1,
        "2026-11-22T00:00:00Z",
        1.5,
        List.of(check),
        Map.of("fact", "value"),
        List.of(new History.Band(name, 0, 500_000_000)),
        List.of(point),
        failure);
  }
}
