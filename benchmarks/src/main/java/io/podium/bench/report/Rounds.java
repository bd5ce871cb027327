package io.podium.bench.report;

import io.podium.bench.Limit;
import io.podium.bench.Result.Row;
import io.podium.bench.Text;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Every round of one budget as a dot on a line, with the limit across. */
final class Rounds {
  private static final int WIDTH = 240;
  private static final int HEIGHT = 40;
  private static final int EDGE = 12;
  private static final int LINE = 14;

  private final Row row;
  private final @Nullable Limit limit;
  private final @Nullable Double earlier;
  private final Scale scale;

  /**
   * @param earlier median of an earlier run
   */
  Rounds(Row row, @Nullable Double earlier) {
    this.row = row;
    this.earlier = earlier;
    this.limit = row.limit().equals("none") ? null : Limit.parse(row.limit());
    double most = rounds().stream().mapToDouble(Double::doubleValue).max().orElse(1);
    most = Math.max(most, limit == null ? 0 : limit.value());
    most = Math.max(most, earlier == null ? 0 : earlier);
    this.scale = new Scale(0, most <= 0 ? 1 : most * 1.1, false);
  }

  private List<Double> rounds() {
    return Objects.requireNonNullElse(row.rounds(), List.of());
  }

  /** Nothing when it was not measured. */
  String svg() {
    if (rounds().isEmpty()) {
      return "";
    }
    StringBuilder svg = new StringBuilder();
    svg.append(
        "<svg class=\"rounds\" viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title>"
            .formatted(WIDTH, HEIGHT, Html.escape(text())));
    across(svg, "axis", 0, scale.high(), 1);
    if (row.low() != null && row.high() != null) {
      across(svg, "interval", row.low(), row.high(), 7);
    }
    if (limit != null) {
      svg.append(
          "<line class=\"limit\" x1=\"%s\" x2=\"%s\" y1=\"3\" y2=\"%d\"/>"
              .formatted(x(limit.value()), x(limit.value()), LINE + 11));
      label(svg, limit.value(), limit + "", "limit");
    }
    if (limit == null || scale.share(limit.value()) > 0.1) {
      label(svg, 0, "0", "");
    }
    for (double round : rounds()) {
      svg.append("<circle cx=\"%s\" cy=\"%d\" r=\"3\"/>".formatted(x(round), LINE));
    }
    mark(svg, "median", row.median());
    mark(svg, "earlier", earlier);
    return svg.append("</svg>").toString();
  }

  private void mark(StringBuilder svg, String kind, @Nullable Double at) {
    if (at != null) {
      svg.append(
          "<line class=\"%s\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\"/>"
              .formatted(kind, x(at), x(at), LINE - 8, LINE + 8));
    }
  }

  private void across(StringBuilder svg, String kind, double from, double to, int thick) {
    svg.append(
        "<line class=\"%s\" x1=\"%s\" x2=\"%s\" y1=\"%d\" y2=\"%d\" stroke-width=\"%d\"/>"
            .formatted(kind, x(from), x(to), LINE, LINE, thick));
  }

  private void label(StringBuilder svg, double at, String text, String kind) {
    String anchor = scale.share(at) > 0.8 ? "end" : scale.share(at) < 0.1 ? "start" : "middle";
    svg.append(
        "<text class=\"%s\" x=\"%s\" y=\"%d\" text-anchor=\"%s\">%s</text>"
            .formatted(kind, x(at), HEIGHT - 2, anchor, Html.escape(text)));
  }

  private String x(double value) {
    return Html.at(EDGE + (WIDTH - 2 * EDGE) * scale.share(value));
  }

  /** What a reader hears who does not see it. */
  private String text() {
    return rounds().size()
        + (rounds().size() == 1 ? " value: " : " rounds: ")
        + String.join(", ", rounds().stream().map(Text::number).toList());
  }
}
