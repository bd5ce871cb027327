package io.podium.bench.report;

import io.podium.bench.Text;
import java.util.List;

/** A drawing area with two axes, as SVG. */
final class Plot {
  static final int WIDTH = 440;
  static final int HEIGHT = 170;
  private static final int LEFT = 38;
  private static final int RIGHT = 8;
  private static final int TOP = 16;
  private static final int BOTTOM = 18;

  /** A name in the legend. */
  record Key(String en, String ko, String colour) {}

  /** A point in the units of the axes. */
  record Point(double x, double y) {}

  private final Scale x;
  private final Scale y;
  private final StringBuilder svg = new StringBuilder();

  Plot(Scale x, Scale y) {
    this.x = x;
    this.y = y;
    for (double tick : y.ticks()) {
      String at = Html.at(top(tick));
      svg.append(
          "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%s\" y2=\"%s\"/>"
              .formatted(LEFT, WIDTH - RIGHT, at, at));
      text(LEFT - 4.0, top(tick) + 3.5, "end", tickText(tick));
    }
  }

  /** Below the horizontal axis. */
  void xLabel(double value, String label) {
    text(Math.max(LEFT + 6.0, Math.min(WIDTH - 22.0, left(value))), HEIGHT - 4.0, "middle", label);
  }

  /** A shaded stretch with its name on top. */
  void band(double from, double to, String en, String ko, boolean isShaded) {
    if (isShaded) {
      svg.append(
          "<rect class=\"band\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\"/>"
              .formatted(
                  Html.at(left(from)), TOP, Html.at(left(to) - left(from)), HEIGHT - TOP - BOTTOM));
    }
    double middle = (left(from) + left(to)) / 2;
    svg.append(
        "<text x=\"%s\" y=\"%d\" text-anchor=\"middle\">%s</text>"
            .formatted(Html.at(middle), TOP - 5, Html.bothInside(en, ko)));
  }

  void line(String colour, List<Point> points) {
    StringBuilder at = new StringBuilder();
    for (Point p : points) {
      at.append(Html.at(left(p.x()))).append(',').append(Html.at(top(p.y()))).append(' ');
    }
    svg.append(
        "<polyline class=\"series\" style=\"stroke:var(--%s)\" points=\"%s\"/>"
            .formatted(colour, at.toString().strip()));
  }

  void dot(String colour, Point p, String title) {
    svg.append(
        "<circle style=\"fill:var(--%s)\" cx=\"%s\" cy=\"%s\" r=\"2.4\"><title>%s</title></circle>"
            .formatted(colour, Html.at(left(p.x())), Html.at(top(p.y())), Html.escape(title)));
  }

  /** From one height to a higher one, between two places of the horizontal axis. */
  void bar(String colour, double from, double to, double low, double high) {
    svg.append(
        "<rect style=\"fill:var(--%s)\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>"
            .formatted(
                colour,
                Html.at(left(from) + 0.3),
                Html.at(top(high)),
                Html.at(Math.max(0.6, left(to) - left(from) - 0.6)),
                Html.at(top(low) - top(high))));
  }

  String figure(String en, String ko, List<Key> keys) {
    StringBuilder html = new StringBuilder("<figure><figcaption>").append(Html.both(en, ko));
    for (Key key : keys) {
      html.append("<span class=\"key\" style=\"--c:var(--").append(key.colour()).append(")\">");
      html.append(Html.both(key.en(), key.ko())).append("</span>");
    }
    html.append("</figcaption><svg viewBox=\"0 0 %d %d\" role=\"img\">".formatted(WIDTH, HEIGHT));
    html.append("<title>").append(Html.escape(en)).append("</title>");
    return html.append(svg).append("</svg></figure>").toString();
  }

  private void text(double x, double y, String anchor, String text) {
    svg.append(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
            .formatted(Html.at(x), Html.at(y), anchor, Html.escape(text)));
  }

  private double left(double value) {
    return LEFT + (WIDTH - LEFT - RIGHT) * x.share(value);
  }

  private double top(double value) {
    return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * y.share(value);
  }

  private static String tickText(double value) {
    String text = value >= 1000 ? Text.si(value) : Text.number(value);
    return text.contains(".") ? text.replaceAll("\\.?0+(?=[kMG]?$)", "") : text;
  }
}
