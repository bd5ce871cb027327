package io.podium.bench.report;

import io.podium.bench.Result.Row;
import io.podium.bench.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of budgets: a row each, what was seen beside it folded away. */
final class BudgetRows {
  private final @Nullable Comparison comparison;

  BudgetRows(@Nullable Comparison comparison) {
    this.comparison = comparison;
  }

  String html(List<Row> rows) {
    StringBuilder html = new StringBuilder();
    rows.forEach(row -> html(row, html));
    return html.toString();
  }

  private void html(Row row, StringBuilder html) {
    html.append("<tr><td class=\"what\"><details><summary><code>").append(Html.escape(row.id()));
    html.append("</code> <b>").append(Html.either(row.title(), row.ko())).append("</b>");
    html.append("<span class=\"soft\"> ").append(Html.escape(row.metric()));
    if (!row.reference().equals("none")) {
      html.append(" · ").append(Html.both("beside ", "기준: "));
      html.append(Html.escape(row.reference()));
    }
    html.append("</span></summary>").append(inside(row)).append("</details></td>");
    html.append("<td class=\"limit\">").append(limit(row)).append("</td>");
    html.append("<td class=\"measured\">").append(measured(row)).append("</td><td>");
    html.append(new Rounds(row, comparison == null ? null : comparison.median(row)).svg());
    html.append("</td><td>").append(VerdictText.of(row)).append("</td></tr>\n");
  }

  private static String limit(Row row) {
    if (row.limit().equals("none")) {
      return "-";
    }
    String aim = row.aim() == null ? "" : " <span class=\"soft\">" + aim(row.aim()) + "</span>";
    return Html.escape(row.limit() + " " + row.unit()) + aim;
  }

  private static String aim(String aim) {
    return Html.both("aim " + aim, "목표 " + aim);
  }

  private static String measured(Row row) {
    if (row.median() == null) {
      return "-";
    }
    String interval = "";
    if (row.rounds() != null
        && row.rounds().size() > 1
        && row.low() != null
        && row.high() != null) {
      interval =
          "<span class=\"soft\">%s - %s</span>"
              .formatted(Text.number(row.low()), Text.number(row.high()));
    }
    return "<b>" + Html.value(row.median(), row.unit()) + "</b> " + interval;
  }

  private static String inside(Row row) {
    StringBuilder html = new StringBuilder();
    if (row.reason() != null) {
      html.append("<p>").append(Html.escape(row.reason())).append("</p>");
    }
    html.append("<dl>");
    if (row.why() != null) {
      fact("not measured", row.why(), html);
    }
    if (row.disturbance() != null && row.disturbance() > 0) {
      fact("taken by others", Text.number(100 * row.disturbance()) + " % of the machine", html);
    }
    if (row.beside() != null) {
      row.beside().forEach((name, value) -> fact(name, value, html));
    }
    return html.append("</dl>").toString();
  }

  private static void fact(String name, String value, StringBuilder html) {
    html.append("<dt>").append(Html.escape(name)).append("</dt><dd>");
    html.append(Html.escape(value)).append("</dd>");
  }
}
