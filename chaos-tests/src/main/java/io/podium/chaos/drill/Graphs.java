package io.podium.chaos.drill;

import io.podium.chaos.check.History;
import io.podium.chaos.check.Timeline.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** The time lines of one drill as SVG: a second is a step, the fault is a shaded band. */
final class Graphs {
  private static final int WIDTH = 340;
  private static final int HEIGHT = 120;
  private static final int LEFT = 30;
  private static final int TOP = 6;
  private static final int BOTTOM = 14;
  private static final List<String> TIERS = List.of("hot", "redis", "mongo", "stale");

  private record Line(Words name, String colour, ToDoubleFunction<Point> value) {}

  private final List<Point> points;
  private final List<History.Band> bands;
  private final double end;

  Graphs(Report report) {
    this.points = report.timeline();
    this.bands = report.bands();
    this.end = points.isEmpty() ? 1 : points.get(points.size() - 1).second() + 1.0;
  }

  /** Nothing when nobody was watched. */
  String html() {
    if (points.isEmpty()) {
      return "";
    }
    Line answered = line("answered", "응답", "--hot", p -> p.answered() - p.failed());
    Line failed = line("failed", "실패", "--bad", Point::failed);
    Line usual = line("p50", "p50", "--hot", Point::p50Millis);
    Line slow = line("p99", "p99", "--stale", Point::p99Millis);
    Line sold = line("acknowledged", "접수", "--mongo", Point::sold);
    Line age = line("median", "중앙값", "--redis", p -> Math.max(0, p.ageMillis() / 1000));
    return "<div class=\"graphs\">"
        + lines("Reads a second", "초당 조회", List.of(answered, failed), false)
        + lines("Milliseconds to the answer", "응답 시간(ms)", List.of(usual, slow), true)
        + tiers()
        + breakers()
        + lines("Events a second", "초당 이벤트", List.of(sold), false)
        + lines("Age of the pages in seconds", "페이지의 나이(초)", List.of(age), false)
        + "</div>";
  }

  private static Line line(String en, String ko, String colour, ToDoubleFunction<Point> value) {
    return new Line(new Words(en, ko), colour, value);
  }

  private String lines(String en, String ko, List<Line> lines, boolean isLog) {
    double top = 1;
    for (Line line : lines) {
      top = Math.max(top, points.stream().mapToDouble(line.value()).max().orElse(1));
    }
    StringBuilder svg = new StringBuilder();
    for (double tick : isLog ? decades(top) : List.of(0.0, top / 2, top)) {
      tick(svg, y(tick, top, isLog), number(tick));
    }
    for (Line line : lines) {
      svg.append("<polyline class=\"series\" stroke=\"var(").append(line.colour());
      svg.append(")\" points=\"");
      for (Point p : points) {
        double value = line.value().applyAsDouble(p);
        svg.append(number(x(p.second() + 0.5))).append(',');
        svg.append(number(y(value, top, isLog))).append(' ');
      }
      svg.append("\"/>");
    }
    return figure(en, ko, lines, svg);
  }

  private static List<Double> decades(double top) {
    List<Double> ticks = new ArrayList<>();
    for (double tick = 0.1; tick <= top; tick *= 10) {
      ticks.add(tick);
    }
    return ticks;
  }

  /** Bars, one upon the other. */
  private String tiers() {
    double top = Math.max(1, points.stream().mapToInt(Point::answered).max().orElse(1));
    StringBuilder svg = new StringBuilder();
    tick(svg, y(0, top, false), "0");
    tick(svg, y(top, top, false), number(top));
    List<Line> key = new ArrayList<>();
    for (String tier : TIERS) {
      key.add(line(tier, tier, "--" + tier, p -> p.tiers().getOrDefault(tier, 0)));
    }
    for (Point p : points) {
      double from = 0;
      for (Line tier : key) {
        double value = tier.value().applyAsDouble(p);
        if (value > 0) {
          double high = y(from + value, top, false);
          bar(svg, p.second(), high, y(from, top, false) - high, tier.colour());
        }
        from += value;
      }
    }
    return figure("Where answers came from", "응답의 출처", key, svg);
  }

  /** A row for each store, filled where its breaker was open. */
  private String breakers() {
    TreeSet<String> names = new TreeSet<>();
    points.forEach(p -> names.addAll(p.open().keySet()));
    StringBuilder svg = new StringBuilder();
    int row = 0;
    double height = (HEIGHT - TOP - BOTTOM) / (double) Math.max(1, names.size());
    for (String name : names) {
      double y = TOP + height * row++;
      svg.append("<text x=\"0\" y=\"%s\">%s</text>".formatted(number(y + height / 2 + 3), name));
      for (Point p : points) {
        if (p.open().getOrDefault(name, 0.0) > 0) {
          bar(svg, p.second(), y + height * 0.2, height * 0.6, "--bad");
        }
      }
    }
    return figure("Open breakers, and no news", "열린 차단기와 끊긴 알림", List.of(), svg);
  }

  private void bar(StringBuilder svg, int second, double y, double height, String colour) {
    svg.append(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"var(%s)\"/>"
            .formatted(
                number(x(second)),
                number(y),
                number(x(second + 1.0) - x(second) - 0.4),
                number(height),
                colour));
  }

  private String figure(String en, String ko, List<Line> key, CharSequence content) {
    StringBuilder html = new StringBuilder("<figure><figcaption>");
    html.append(HtmlReport.both(en, ko));
    for (Line line : key) {
      html.append("<span class=\"key\" style=\"--c:var(").append(line.colour()).append(")\">");
      html.append(HtmlReport.both(line.name().en(), line.name().ko())).append("</span>");
    }
    html.append("</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\">".formatted(WIDTH, HEIGHT));
    for (History.Band band : bands) {
      double from = x(band.fromNanos() / 1e9);
      double to = x(Math.min(end, band.toNanos() / 1e9));
      html.append(
          "<rect class=\"band\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"><title>%s</title></rect>"
              .formatted(
                  number(from),
                  TOP,
                  number(Math.max(1, to - from)),
                  HEIGHT - TOP - BOTTOM,
                  HtmlReport.escape(band.label())));
    }
    html.append(content);
    for (double second : List.of(0.0, end / 2, end)) {
      html.append(
          "<text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s s</text>"
              .formatted(number(Math.min(WIDTH - 12.0, x(second))), HEIGHT - 3, number(second)));
    }
    return html.append("</svg></figure>").toString();
  }

  private static void tick(StringBuilder svg, double y, String label) {
    svg.append(
        "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/><text x=\"0\" y=\"%s\">%s</text>"
            .formatted(LEFT, WIDTH, number(y), number(y), number(y + 3), label));
  }

  private double x(double second) {
    return LEFT + (WIDTH - LEFT) * Math.min(1, second / end);
  }

  private static double y(double value, double top, boolean isLog) {
    double share =
        isLog ? Math.log10(Math.max(0.1, value) * 10) / Math.log10(top * 10) : value / top;
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * Math.min(1, share);
  }

  /** Short, with a point. */
  private static String number(double value) {
    String text = String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
