package io.podium.bench.report;

import io.podium.bench.Curve;
import io.podium.bench.Moment;
import io.podium.bench.Result;
import io.podium.bench.Result.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Results as a run leaves them. */
final class Samples {
  private Samples() {}

  static Result of(Row... rows) {
    return new Result(1, "2026-11-23T04:00:00Z", "quick", Map.of("jdk", "17.0.15"), List.of(rows));
  }

  static Row row(String id, String limit, String verdict, Double... rounds) {
    List<Double> sorted = List.of(rounds).stream().sorted().toList();
    return new Row(
        id,
        "cost",
        "Cost of " + id,
        id + "의 비용",
        "x",
        "nginx",
        limit,
        null,
        "because",
        verdict,
        sorted.get(sorted.size() / 2),
        sorted.get(0),
        sorted.get(sorted.size() - 1),
        0.1,
        List.of(rounds),
        Map.of("engine", "12 us"),
        List.of(curve()),
        peak(),
        null);
  }

  static Row notMeasured(String id, String why) {
    return new Row(
        id,
        "cost",
        "Cost",
        null,
        "x",
        "none",
        "<= 1",
        null,
        null,
        "not measured",
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        why);
  }

  private static Curve curve() {
    Histogram micros = new Histogram(3);
    for (int i = 1; i <= 10_000; i++) {
      micros.recordValue(i);
    }
    return Curve.of("engine", micros);
  }

  private static List<Moment> peak() {
    List<Moment> moments = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String phase = i < 3 ? "day" : "spike";
      long shed = i == 4 ? 30 : 0;
      moments.add(
          new Moment(i, phase, 100, 100 - shed, shed, 0, 0.4, 2.0 + i, i == 5 ? null : 80.0));
    }
    return moments;
  }
}
