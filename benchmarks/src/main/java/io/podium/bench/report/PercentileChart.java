package io.podium.bench.report;

import io.podium.bench.Curve;
import io.podium.bench.Text;
import java.util.ArrayList;
import java.util.List;

/** Latencies by percentile; each nine more of the percentile is one step to the right. */
final class PercentileChart {
  private static final List<String> COLOURS = List.of("c1", "c2", "c3", "c4", "c5");
  private static final List<Double> COLUMNS = List.of(50.0, 90.0, 99.0, 99.9, 99.99, 100.0);

  private final List<Curve> curves;

  PercentileChart(List<Curve> curves) {
    this.curves = curves.stream().filter(c -> !c.points().isEmpty()).toList();
  }

  /** Nothing when there is no curve. */
  String html(String en, String ko) {
    if (curves.isEmpty()) {
      return "";
    }
    double most = curves.stream().mapToDouble(PercentileChart::width).max().orElse(1);
    Plot plot = new Plot(new Scale(0, Math.max(2, Math.ceil(most)), false), heights());
    List<Plot.Key> keys = new ArrayList<>();
    for (int i = 0; i < curves.size(); i++) {
      Curve curve = curves.get(i);
      String colour = COLOURS.get(i % COLOURS.size());
      keys.add(new Plot.Key(curve.name(), curve.name(), colour));
      plot.line(colour, points(curve));
    }
    plot.xLabel(0, "0 %");
    for (int nines = 1; nines <= Math.max(2, Math.ceil(most)); nines++) {
      plot.xLabel(nines, percent(nines) + " %");
    }
    return "<div class=\"graph\">" + plot.figure(en, ko, keys) + table() + "</div>";
  }

  private Scale heights() {
    double low = Double.MAX_VALUE;
    double high = 1;
    for (Curve curve : curves) {
      low = Math.min(low, curve.points().get(0).micros());
      high = Math.max(high, curve.points().get(curve.points().size() - 1).micros());
    }
    return Scale.decades(low / 1e3, high / 1e3);
  }

  private static List<Plot.Point> points(Curve curve) {
    double end = width(curve);
    return curve.points().stream()
        .map(p -> new Plot.Point(Math.min(end, nines(p.percentile())), p.micros() / 1e3))
        .toList();
  }

  /** Nines of the last percentile below all. */
  private static double width(Curve curve) {
    return curve.points().stream()
        .mapToDouble(Curve.Point::percentile)
        .filter(p -> p < 100)
        .map(PercentileChart::nines)
        .max()
        .orElse(0);
  }

  private static double nines(double percentile) {
    return -Math.log10(1 - percentile / 100);
  }

  private static String percent(int nines) {
    return nines == 1 ? "90" : nines == 2 ? "99" : "99." + "9".repeat(nines - 2);
  }

  /** The same in numbers. */
  private String table() {
    StringBuilder html = new StringBuilder("<table class=\"percentiles\"><tr><th>ms</th>");
    for (double column : COLUMNS) {
      html.append("<th>").append(column == 100 ? "max" : "p" + Html.at(column, 2)).append("</th>");
    }
    html.append("</tr>");
    for (Curve curve : curves) {
      html.append("<tr><th>").append(Html.escape(curve.name())).append("</th>");
      for (double column : COLUMNS) {
        html.append("<td>").append(value(curve, column)).append("</td>");
      }
      html.append("</tr>");
    }
    return html.append("</table>").toString();
  }

  /** Of the first point at or beyond the percentile, when there are that many values. */
  private static String value(Curve curve, double percentile) {
    if (percentile < 100 && nines(percentile) > width(curve) + 0.2) {
      return "-";
    }
    return curve.points().stream()
        .filter(p -> p.percentile() >= percentile - 1e-9)
        .findFirst()
        .map(p -> Text.number(p.micros() / 1e3))
        .orElse("-");
  }
}
