package io.podium.chaos.drill;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * All drills of a run on one page that needs nothing else: each promise with its verdict, each
 * drill with its time lines and evidence, in English and Korean.
 */
final class HtmlReport {
  private final List<Report> reports;
  private final List<String> leftOut;

  /**
   * @param leftOut drills that this machine does not allow
   */
  HtmlReport(List<Report> reports, List<String> leftOut) {
    this.reports = reports;
    this.leftOut = leftOut;
  }

  String text() throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream("/drill/report.html")) {
      if (in == null) {
        throw new IOException("the page of the report is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("{{verdict}}", verdict())
          .replace("{{promises}}", promises())
          .replace("{{drills}}", drills());
    }
  }

  private String verdict() {
    long passed = reports.stream().filter(Report::passed).count();
    double minutes = reports.stream().mapToDouble(Report::seconds).sum() / 60;
    String kind = passed == reports.size() ? "good" : "bad";
    String names = String.join(", ", leftOut);
    return "<p class=\"%s\"><b>%s</b> <span class=\"soft\">%s</span>%s</p>"
        .formatted(
            kind,
            both(
                passed + " of " + reports.size() + " drills passed.",
                "훈련 " + reports.size() + "개 중 " + passed + "개 통과."),
            escape(
                String.format(
                    Locale.ROOT,
                    "%s, %.1f min",
                    reports.isEmpty() ? "" : reports.get(0).at(),
                    minutes)),
            leftOut.isEmpty()
                ? ""
                : " "
                    + both(
                        "Left out, without the right to mount: " + names,
                        "마운트 권한이 없어 제외: " + names));
  }

  private String promises() {
    StringBuilder html = new StringBuilder();
    // Nobody knows what these would have shown.
    List<String> unfinished =
        reports.stream().filter(r -> r.failure() != null).map(Report::drill).toList();
    for (Promise promise : Promise.values()) {
      List<Report> tried =
          reports.stream()
              .filter(r -> r.checks().stream().anyMatch(c -> c.promise() == promise && shows(r, c)))
              .toList();
      List<String> broken =
          tried.stream()
              .filter(r -> r.checks().stream().anyMatch(c -> c.promise() == promise && !c.holds()))
              .map(Report::drill)
              .toList();
      String kind =
          !broken.isEmpty()
              ? "broken"
              : !unfinished.isEmpty() ? "unshown" : tried.isEmpty() ? "untried" : "held";
      Words sentence = promise.sentence();
      html.append("<li class=\"").append(kind).append("\"><b>");
      html.append(both(sentence.en(), sentence.ko())).append("</b>");
      html.append(outcome(tried.size(), broken));
      if (!unfinished.isEmpty()) {
        String names = String.join(", ", unfinished);
        html.append("<span class=\"unshown\">");
        html.append(both("Not shown, for it did not finish: " + names, "끝나지 않아 확인되지 않음: " + names));
        html.append("</span>");
      }
      html.append("</li>\n");
    }
    return html.toString();
  }

  /** What held in a drill that did not finish shows nothing; what broke did. */
  private static boolean shows(Report report, Check check) {
    return report.failure() == null || !check.holds();
  }

  private static String outcome(int tried, List<String> broken) {
    if (tried == 0) {
      return "<span class=\"soft\">"
          + both("Not tried in this run.", "이번에는 시험하지 않았습니다.")
          + "</span>";
    }
    if (broken.isEmpty()) {
      String en = tried == 1 ? "It held in the drill" : "It held in all " + tried + " drills";
      return "<span class=\"good\">"
          + both(en + " that attacked it.", "공격한 훈련 " + tried + "개 모두에서 지켜졌습니다.")
          + "</span>";
    }
    String names = String.join(", ", broken);
    return "<span class=\"bad\">"
        + both("It did not hold in: " + names, "지켜지지 않은 훈련: " + names)
        + "</span>";
  }

  private String drills() {
    StringBuilder html = new StringBuilder();
    for (Report report : reports) {
      boolean open = reports.size() == 1 || !report.passed();
      html.append(open ? "<details open>" : "<details>").append("<summary>");
      html.append(report.passed() ? "<b class=\"good\">✓</b> " : "<b class=\"bad\">✗</b> ");
      html.append("<code>").append(escape(report.drill())).append("</code> ");
      html.append(both(report.hypothesis().en(), report.hypothesis().ko()));
      html.append("</summary><div class=\"inside\">");
      html.append(new Graphs(report).html());
      checks(report, html);
      html.append("</div></details>\n");
    }
    return html.toString();
  }

  private static void checks(Report report, StringBuilder html) {
    html.append("<ul class=\"checks\">");
    if (report.failure() != null) {
      html.append("<li class=\"bad\">").append(both("Could not be finished", "끝내지 못함"));
      html.append("<span class=\"evidence\">").append(escape(report.failure()));
      html.append("</span></li>");
    }
    for (Check check : report.checks()) {
      html.append(check.holds() ? "<li><b class=\"good\">✓</b> " : "<li><b class=\"bad\">✗</b> ");
      html.append(escape(check.claim()));
      html.append("<span class=\"evidence\">").append(escape(check.evidence()));
      html.append("</span></li>");
    }
    html.append("</ul><dl>");
    report
        .facts()
        .forEach(
            (name, value) -> {
              html.append("<dt>").append(escape(name)).append("</dt><dd>");
              html.append(escape(value)).append("</dd>");
            });
    html.append("<dt>seed</dt><dd>").append(report.seed()).append("</dd></dl>");
  }

  static String both(String en, String ko) {
    return "<span class=\"en\">%s</span><span class=\"ko\" lang=\"ko\">%s</span>"
        .formatted(escape(en), escape(ko));
  }

  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
