package io.podium.bench;

import java.util.List;
import java.util.Map;

/**
 * What was measured for one metric.
 *
 * @param rounds the judged value, per round; one for a count
 * @param disturbance share of the machine that other processes took meanwhile, 0 to 1
 * @param beside printed and kept, never judged: name to text, in order
 */
public record Figure(
    String metric, List<Double> rounds, double disturbance, Map<String, String> beside) {
  /** A count: other processes do not change it. */
  public static Figure count(String metric, double value, Map<String, String> beside) {
    return new Figure(metric, List.of(value), 0, beside);
  }

  public Spread spread() {
    return Spread.of(rounds);
  }
}
