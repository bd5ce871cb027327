package io.podium.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The verdicts for people: one row a budget, what was seen beside it below. */
final class Table {
  private static final List<String> HEAD =
      List.of("ID", "METRIC", "LIMIT", "MEASURED", "INTERVAL", "REFERENCE", "VERDICT");

  private Table() {}

  static String of(List<Judgement> all) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    all.forEach(j -> rows.add(row(j)));
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      line(text, rows.get(i), widths);
      if (i > 0) {
        below(text, all.get(i - 1));
      }
    }
    return text.toString();
  }

  private static List<String> row(Judgement j) {
    Budget b = j.budget();
    Figure figure = j.figure();
    String measured = "-";
    String interval = "-";
    if (figure != null) {
      Spread s = figure.spread();
      measured = Text.number(s.median()) + " " + b.unit();
      if (figure.rounds().size() > 1) {
        interval = Text.number(s.low()) + " - " + Text.number(s.high());
      }
    }
    return List.of(
        b.id(),
        b.metric(),
        b.limit() == null ? "-" : b.limit() + " " + b.unit(),
        measured,
        interval,
        b.reference(),
        j.verdict().text);
  }

  private static void line(StringBuilder text, List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static void below(StringBuilder text, Judgement j) {
    text.append("    ").append(j.budget().title()).append('\n');
    if (j.why() != null) {
      text.append("    ").append(j.why()).append('\n');
    }
    Figure figure = j.figure();
    if (figure != null) {
      if (j.verdict() == Verdict.NOISY) {
        text.append("    ").append(noise(figure)).append('\n');
      }
      for (Map.Entry<String, String> e : figure.beside().entrySet()) {
        text.append("    ").append(e.getKey()).append(": ").append(e.getValue()).append('\n');
      }
    }
  }

  private static String noise(Figure figure) {
    return figure.disturbance() > Verdict.DISTURBED
        ? "other processes took "
            + Text.number(100 * figure.disturbance())
            + " % of the machine: stop them and measure again"
        : "the limit lies inside the interval: measure again with --full";
  }
}
