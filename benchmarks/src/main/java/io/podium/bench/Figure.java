package io.podium.bench;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was measured for one metric.
 *
 * @param rounds the judged value, per round; one for a count
 * @param disturbance share of the machine that other processes took meanwhile, 0 to 1
 * @param beside printed and kept, never judged: name to text, in order
 * @param curves latencies behind it; may be empty
 * @param timeline second by second, where the load changes; may be empty
 */
public record Figure(
    String metric,
    List<Double> rounds,
    double disturbance,
    Map<String, String> beside,
    List<Curve> curves,
    List<Moment> timeline) {
  /** What an older or smaller record leaves out is empty. */
  public Figure(
      String metric,
      List<Double> rounds,
      double disturbance,
      Map<String, String> beside,
      @Nullable List<Curve> curves,
      @Nullable List<Moment> timeline) {
    this.metric = metric;
    this.rounds = rounds;
    this.disturbance = disturbance;
    this.beside = beside;
    this.curves = curves == null ? List.of() : List.copyOf(curves);
    this.timeline = timeline == null ? List.of() : List.copyOf(timeline);
  }

  public Figure(
      String metric, List<Double> rounds, double disturbance, Map<String, String> beside) {
    this(metric, rounds, disturbance, beside, List.of(), List.of());
  }

  /** A count: other processes do not change it. */
  public static Figure count(String metric, double value, Map<String, String> beside) {
    return new Figure(metric, List.of(value), 0, beside);
  }

  public Figure with(List<Curve> latencies) {
    return new Figure(metric, rounds, disturbance, beside, latencies, timeline);
  }

  public Figure along(List<Moment> moments) {
    return new Figure(metric, rounds, disturbance, beside, curves, moments);
  }

  public Spread spread() {
    return Spread.of(rounds);
  }
}
