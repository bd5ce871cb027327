package io.podium.bench.report;

import io.podium.bench.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** A load second by second: what was asked and answered, how fast, and how fresh. */
final class TimeLine {
  private static final int X_LABELS = 5;

  private static final Map<String, String> KO =
      Map.of("day", "평소", "sale", "판매", "spike", "급증", "soak", "지속");

  private final List<Moment> moments;
  private final double end;

  TimeLine(List<Moment> moments) {
    this.moments = moments;
    this.end = moments.isEmpty() ? 1 : moments.get(moments.size() - 1).second() + 1.0;
  }

  /** Nothing when there was no such load. */
  String html() {
    if (moments.isEmpty()) {
      return "";
    }
    return "<div class=\"graphs\">" + load() + latency() + lost() + freshness() + "</div>";
  }

  private String load() {
    Plot plot = plot(Scale.linear(most(m -> (double) m.offered(), m -> (double) m.answered())));
    plot.line("c2", points(m -> (double) m.offered()));
    plot.line("c1", points(m -> (double) m.answered()));
    return plot.figure(
        "Requests a second",
        "초당 요청",
        List.of(new Plot.Key("offered", "제시", "c2"), new Plot.Key("answered", "응답", "c1")));
  }

  private String latency() {
    double slowest =
        moments.stream()
            .map(Moment::p99Millis)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    Plot plot = plot(Scale.decades(0.1, slowest));
    plot.line("c1", points(Moment::p50Millis));
    plot.line("c3", points(Moment::p99Millis));
    return plot.figure(
        "Milliseconds to the answer, from the intended start",
        "예정된 시작부터 응답까지(ms)",
        List.of(new Plot.Key("p50", "p50", "c1"), new Plot.Key("p99", "p99", "c3")));
  }

  private String lost() {
    Plot plot = plot(Scale.linear(most(m -> (double) (m.shed() + m.failed()), m -> 4)));
    for (Moment m : moments) {
      double to = m.second() + 1.0;
      double shed = (double) m.shed();
      double lost = shed + (double) m.failed();
      if (shed > 0) {
        plot.bar("c3", m.second(), to, 0, shed);
      }
      if (lost > shed) {
        plot.bar("bad", m.second(), to, shed, lost);
      }
    }
    return plot.figure(
        "Turned away and failed a second",
        "초당 거절과 실패",
        List.of(
            new Plot.Key("503 with Retry-After", "Retry-After가 있는 503", "c3"),
            new Plot.Key("failed", "실패", "bad")));
  }

  private String freshness() {
    List<Plot.Point> seen = points(Moment::freshMillis);
    double slowest = seen.stream().mapToDouble(Plot.Point::y).max().orElse(10);
    Plot plot = plot(Scale.decades(1, slowest));
    for (Plot.Point p : seen) {
      plot.dot("c4", p, Html.at(p.y()) + " ms");
    }
    return plot.figure(
        "From a sale to a page that shows it (ms)", "판매에서 그것이 보이는 페이지까지(ms)", List.of());
  }

  /** With the phases as stretches. */
  private Plot plot(Scale y) {
    Plot plot = new Plot(new Scale(0, end, false), y);
    int from = 0;
    int phases = 0;
    for (int i = 1; i <= moments.size(); i++) {
      String phase = moments.get(from).phase();
      if (i == moments.size() || !moments.get(i).phase().equals(phase)) {
        double last = moments.get(i - 1).second() + 1.0;
        plot.band(
            moments.get(from).second(),
            last,
            phase,
            KO.getOrDefault(phase, phase),
            phases++ % 2 == 1);
        from = i;
      }
    }
    for (int i = 0; i < X_LABELS; i++) {
      double second = Math.rint(end * i / (X_LABELS - 1));
      plot.xLabel(second, Html.at(second) + " s");
    }
    return plot;
  }

  private List<Plot.Point> points(Function<Moment, @Nullable Double> of) {
    List<Plot.Point> points = new ArrayList<>();
    for (Moment m : moments) {
      Double value = of.apply(m);
      if (value != null) {
        points.add(new Plot.Point(m.second() + 0.5, value));
      }
    }
    return points;
  }

  private double most(ToDoubleFunction<Moment> one, ToDoubleFunction<Moment> other) {
    return moments.stream()
        .mapToDouble(m -> Math.max(one.applyAsDouble(m), other.applyAsDouble(m)))
        .max()
        .orElse(1);
  }
}
