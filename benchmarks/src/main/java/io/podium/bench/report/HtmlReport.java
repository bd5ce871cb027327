package io.podium.bench.report;

import io.podium.bench.Result;
import io.podium.bench.Result.Row;
import io.podium.bench.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run on one page: each budget with its verdict and rounds, latencies by percentile, the time
 * line of a peak, and what changed since an earlier run; in English and Korean.
 */
public final class HtmlReport {
  private static final Map<String, String> FACTS =
      Map.of(
          "at", "시각",
          "mode", "방식",
          "processor", "프로세서",
          "processors", "프로세서 수",
          "memory", "메모리",
          "system", "시스템",
          "load", "부하",
          "commit", "커밋");

  private final Result result;
  private final @Nullable Comparison comparison;

  /**
   * @param earlier what it is compared with; null: nothing
   */
  public HtmlReport(Result result, @Nullable Result earlier) {
    this.result = result;
    this.comparison = earlier == null ? null : new Comparison(result, earlier);
  }

  /** The whole page. */
  public String text() throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("{{verdict}}", verdict());
    parts.put("{{machine}}", machine());
    parts.put("{{budgets}}", new BudgetRows(comparison).html(result.budgets()));
    parts.put("{{timelines}}", timelines());
    parts.put("{{percentiles}}", percentiles());
    parts.put(
        "{{comparison}}",
        section("Since the earlier run", "이전 실행과 비교", comparison == null ? "" : comparison.html()));
    try (InputStream in = HtmlReport.class.getResourceAsStream("report.html")) {
      if (in == null) {
        throw new IOException("the page of the report is missing from the build");
      }
      return fill(new String(in.readAllBytes(), StandardCharsets.UTF_8), parts);
    }
  }

  /** In one pass: a text of the result that looks like a part is no part. */
  private static String fill(String page, Map<String, String> parts) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    for (Map.Entry<String, String> part : parts.entrySet()) {
      int found = page.indexOf(part.getKey(), at);
      text.append(page, at, found).append(part.getValue());
      at = found + part.getKey().length();
    }
    return text.append(page, at, page.length()).toString();
  }

  private String verdict() {
    long met = count(Verdict.MET);
    long breached = count(Verdict.BREACHED);
    long told = count(Verdict.TOLD);
    long judged = result.budgets().stream().filter(row -> !row.limit().equals("none")).count();
    long open = judged - met - breached;
    String kind = breached > 0 ? "bad" : open > 0 ? "unsure" : "good";
    return "<p class=\"sum %s\"><b>%s</b> <span class=\"soft\">%s</span></p>"
        .formatted(
            kind,
            Html.both(
                met + " met, " + breached + " breached, " + open + " without a verdict.",
                "충족 " + met + ", 위반 " + breached + ", 판정 없음 " + open + "."),
            told == 0 ? "" : Html.both(told + " told for comparison.", "참고 " + told + "."));
  }

  private long count(Verdict verdict) {
    return result.budgets().stream().filter(row -> row.verdict().equals(verdict.text)).count();
  }

  private String machine() {
    StringBuilder html = new StringBuilder("<dl class=\"machine\">");
    fact("at", result.at(), html);
    fact("mode", result.mode(), html);
    result.machine().forEach((name, value) -> fact(name, value, html));
    return html.append("</dl>").toString();
  }

  private static void fact(String name, String value, StringBuilder html) {
    String ko = FACTS.getOrDefault(name, name);
    html.append("<div><dt>").append(Html.both(name, ko)).append("</dt><dd>");
    html.append(Html.escape(value)).append("</dd></div>");
  }

  private String timelines() {
    StringBuilder html = new StringBuilder();
    for (Row row : result.budgets()) {
      html.append(new TimeLine(row.timeline() == null ? List.of() : row.timeline()).html());
    }
    return section("The time line of the peak", "판매 피크의 시간 흐름", html.toString());
  }

  private String percentiles() {
    StringBuilder html = new StringBuilder();
    for (Row row : result.budgets()) {
      String en = row.id() + ": " + row.title();
      String ko = row.id() + ": " + (row.ko() == null ? row.title() : row.ko());
      html.append(
          new PercentileChart(row.curves() == null ? List.of() : row.curves()).html(en, ko));
    }
    return section(
        "Latencies by percentile",
        "백분위별 응답 시간",
        html.isEmpty() ? "" : "<div class=\"graphs\">" + html + "</div>");
  }

  private static String section(String en, String ko, String content) {
    return content.isEmpty() ? "" : "<h2>" + Html.both(en, ko) + "</h2>" + content;
  }
}
