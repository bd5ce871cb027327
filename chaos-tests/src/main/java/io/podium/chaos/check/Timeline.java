package io.podium.chaos.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/** A run second by second: what was answered and how fast, from where, and what was open. */
public final class Timeline {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /**
   * One second of the run, by the moments at which reads were due.
   *
   * @param second since the run began
   * @param failed answers other than 200, and none
   * @param tiers answers by where they came from
   * @param ageMillis median of now minus asOf
   * @param open breakers that are open, by store
   * @param sold events acknowledged
   */
  public record Point(
      int second,
      int answered,
      int failed,
      double p50Millis,
      double p99Millis,
      double mostMillis,
      Map<String, Integer> tiers,
      double ageMillis,
      Map<String, Double> open,
      int sold) {}

  private Timeline() {}

  public static List<Point> of(History history) {
    Map<Integer, List<Answer>> bySecond = new TreeMap<>();
    history.answers().forEach(a -> of(bySecond, a.dueNanos()).add(a));
    Map<Integer, Integer> sold = new HashMap<>();
    history.acknowledgements().forEach(at -> sold.merge(second(at), 1, Integer::sum));
    Map<Integer, Map<String, Double>> open = open(history.gauges());
    List<Point> points = new ArrayList<>();
    bySecond.forEach(
        (second, all) ->
            points.add(
                point(
                    second,
                    all,
                    open.getOrDefault(second, Map.of()),
                    sold.getOrDefault(second, 0))));
    return points;
  }

  private static int second(long nanos) {
    return (int) (nanos / SECOND);
  }

  private static List<Answer> of(Map<Integer, List<Answer>> bySecond, long at) {
    return bySecond.computeIfAbsent(second(at), s -> new ArrayList<>());
  }

  private static Map<Integer, Map<String, Double>> open(List<History.Gauge> gauges) {
    Map<Integer, Map<String, Double>> open = new HashMap<>();
    for (History.Gauge gauge : gauges) {
      Map<String, Double> of = open.computeIfAbsent(second(gauge.atNanos()), s -> new TreeMap<>());
      gauge.values().forEach((name, value) -> of.merge(name, value, Math::max));
    }
    return open;
  }

  private static Point point(int second, List<Answer> all, Map<String, Double> open, int sold) {
    Map<String, Integer> tiers = new TreeMap<>();
    all.stream().filter(Answer::isOk).forEach(a -> tiers.merge(a.tier(), 1, Integer::sum));
    double[] millis = all.stream().mapToDouble(a -> a.latencyNanos() / 1e6).toArray();
    double[] ages =
        all.stream()
            .map(Answer::page)
            .flatMapToDouble(
                p -> p == null ? DoubleStream.empty() : DoubleStream.of((double) p.ageMillis()))
            .toArray();
    return new Point(
        second,
        all.size(),
        (int) all.stream().filter(a -> a.status() != 200).count(),
        percentile(millis, 50),
        percentile(millis, 99),
        percentile(millis, 100),
        tiers,
        percentile(ages, 50),
        open,
        sold);
  }

  /** Of any order; 0 of none. */
  public static double percentile(double[] values, double percent) {
    if (values.length == 0) {
      return 0;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int at = (int) Math.ceil(percent / 100 * sorted.length) - 1;
    return sorted[Math.max(0, at)];
  }
}
