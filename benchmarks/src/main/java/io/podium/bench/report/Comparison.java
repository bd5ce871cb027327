package io.podium.bench.report;

import io.podium.bench.Limit;
import io.podium.bench.Result;
import io.podium.bench.Result.Row;
import io.podium.bench.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What changed since an earlier result. */
final class Comparison {
  /** How a figure stands to the earlier one. */
  enum Change {
    BETTER("better", "개선", "good"),
    WORSE("worse", "악화", "bad"),
    /** The intervals overlap: another pair of runs could say the other. */
    SAME("within the spread", "편차 이내", "soft"),
    NO_LIMIT("no side is better", "좋고 나쁨이 없음", "soft"),
    UNKNOWN("not measured in both", "한쪽에서 측정하지 않음", "soft");

    final String en;
    final String ko;
    final String kind;

    Change(String en, String ko, String kind) {
      this.en = en;
      this.ko = ko;
      this.kind = kind;
    }
  }

  private final Result now;
  private final Result earlier;
  private final Map<String, Row> byKey = new LinkedHashMap<>();

  Comparison(Result now, Result earlier) {
    this.now = now;
    this.earlier = earlier;
    earlier.budgets().forEach(row -> byKey.put(row.key(), row));
  }

  /** Null when the earlier run does not have it. */
  @Nullable Double median(Row row) {
    Row before = byKey.get(row.key());
    return before == null ? null : before.median();
  }

  /** By the intervals, which one round is too. */
  static Change change(Row before, Row now) {
    if (before.low() == null || before.high() == null || now.low() == null || now.high() == null) {
      return Change.UNKNOWN;
    }
    if (now.limit().equals("none")) {
      return Change.NO_LIMIT;
    }
    boolean higher = now.low() > before.high();
    boolean lower = now.high() < before.low();
    if (!higher && !lower) {
      return Change.SAME;
    }
    return Limit.parse(now.limit()).atLeast() == higher ? Change.BETTER : Change.WORSE;
  }

  String html() {
    StringBuilder html = new StringBuilder("<p class=\"soft\">");
    html.append(Html.both("Earlier run: ", "이전 실행: ")).append(Html.escape(earlier.at()));
    html.append(", ").append(Html.escape(earlier.mode())).append("</p>").append(machines());
    html.append("<table class=\"wide\"><thead><tr><th>");
    html.append(Html.both("Budget", "예산")).append("</th><th>");
    html.append(Html.both("Earlier", "이전")).append("</th><th>");
    html.append(Html.both("Now", "지금")).append("</th><th>");
    html.append(Html.both("Change", "변화")).append("</th></tr></thead><tbody>");
    for (Row row : now.budgets()) {
      Row before = byKey.get(row.key());
      if (before != null) {
        row(before, row, html);
      }
    }
    return html.append("</tbody></table>").toString();
  }

  private static void row(Row before, Row now, StringBuilder html) {
    Change change = change(before, now);
    html.append("<tr><td><code>").append(Html.escape(now.key())).append("</code></td><td>");
    html.append(measured(before)).append("</td><td>").append(measured(now)).append("</td><td>");
    if (before.median() != null && now.median() != null && before.median() > 0) {
      double percent = 100 * (now.median() / before.median() - 1);
      html.append(percent > 0 ? "+" : "").append(Text.number(percent)).append(" % ");
    }
    html.append("<span class=\"").append(change.kind).append("\">");
    html.append(Html.both(change.en, change.ko)).append("</span></td></tr>");
  }

  private static String measured(Row row) {
    String verdict = " <span class=\"soft\">" + VerdictText.plain(row) + "</span>";
    return (row.median() == null ? "-" : Html.value(row.median(), row.unit())) + verdict;
  }

  /** What differs, since it may be the reason. */
  private String machines() {
    StringBuilder html = new StringBuilder();
    now.machine()
        .forEach(
            (name, value) -> {
              String before = earlier.machine().get(name);
              if (!Objects.equals(before, value)) {
                html.append("<dt>").append(Html.escape(name)).append("</dt><dd>");
                html.append(Html.escape(before == null ? "-" : before)).append(" → ");
                html.append(Html.escape(value)).append("</dd>");
              }
            });
    return html.isEmpty() ? "" : "<dl>" + html + "</dl>";
  }
}
