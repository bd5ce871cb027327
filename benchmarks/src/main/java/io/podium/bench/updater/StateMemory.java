package io.podium.bench.updater;

import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.MeasurementException;
import io.podium.bench.Mode;
import io.podium.bench.Progress;
import io.podium.bench.Text;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.core.CoreMemory;
import io.podium.ranking.core.Outcome;
import io.podium.ranking.core.RankingCore;
import io.podium.ranking.event.SalesEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * U4: memory of a day's state. The same events are kept twice, one after the other: in steps of a
 * minute, and in one step of a day. Orders, event ids, products and series are the same in both, so
 * that the difference is what the counters take. The total is what the process grew by: resident
 * memory (the heap is touched in advance, so that this is all outside of it) and live objects.
 */
public final class StateMemory implements Measurement {
  private static final double MIB = 1 << 20;
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xms768m", "-Xmx768m", "-XX:+AlwaysPreTouch", "-XX:MaxDirectMemorySize=8g");
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    DayOfSales.Shape shape = mode == Mode.FULL ? DayOfSales.Shape.FULL : DayOfSales.Shape.TENTH;
    int scale = DayOfSales.Shape.FULL.orders() / shape.orders();
    // Compiled code and the collector's own tables are not state.
    keep(DayOfSales.Shape.SMALL, "PT1M", (part, text) -> progress.at(0, "warming up"));
    State fine = keep(shape, "PT1M", (part, text) -> progress.at(part / 2, text));
    State coarse = keep(shape, "PT24H", (part, text) -> progress.at(0.5 + part / 2, text));
    double perCounter =
        (fine.bytes() - coarse.bytes()) / (double) (fine.counters() - coarse.counters());
    double total = total(fine.grown, scale) / MIB;
    return List.of(
        Figure.count("counter", perCounter, besideCounter(fine, shape)),
        Figure.count("total", total, besideTotal(fine, scale)));
  }

  /** Only what grows with the state is multiplied. */
  private static double total(ProcessMemory grown, int scale) {
    double state = (double) grown.direct() + grown.heap();
    return state * scale + Math.max(0, grown.resident() - grown.direct());
  }

  private static State keep(DayOfSales.Shape shape, String step, Progress progress) {
    ProcessMemory before = ProcessMemory.now();
    try (RankingCore core = new RankingCore(BenchBoards.day(step), CoreLimits.DEFAULT)) {
      long end = DayOfSales.end(START).toEpochMilli();
      core.advance(end);
      DayOfSales day = new DayOfSales(shape, START);
      for (int s = 0; s < DayOfSales.STEPS; s++) {
        day.step(s, event -> apply(core, event, end));
        progress.at((s + 1.0) / DayOfSales.STEPS, "a day in steps of " + step);
      }
      core.rankChanged("best-sellers");
      return new State(core.memory(), ProcessMemory.now().minus(before));
    }
  }

  private static void apply(RankingCore core, SalesEvent event, long received) {
    Outcome outcome = core.apply(event, received);
    if (outcome != Outcome.APPLIED) {
      throw new MeasurementException("an event ended as " + outcome + ", not applied");
    }
  }

  private static Map<String, String> besideCounter(State fine, DayOfSales.Shape shape) {
    Map<String, String> beside = new LinkedHashMap<>();
    beside.put("counters", Long.toString(fine.counters()));
    beside.put(
        "day",
        DayOfSales.STEPS
            + " steps, "
            + Text.si(shape.products())
            + " products, "
            + Text.si(shape.activePerStep())
            + " active in a step");
    return beside;
  }

  private static Map<String, String> besideTotal(State fine, int scale) {
    Map<String, String> beside = new LinkedHashMap<>();
    if (scale > 1) {
      beside.put("size", "measured at 1/" + scale + " and multiplied; --full measures all of it");
    }
    ProcessMemory grown = fine.grown;
    beside.put(
        "measured",
        Text.number(grown.resident() / MIB)
            + " MiB resident outside the heap, of these "
            + Text.number(grown.direct() / MIB)
            + " direct; "
            + Text.number(grown.heap() / MIB)
            + " MiB live on the heap; the core tells "
            + Text.number(fine.memory.offHeapBytes() / MIB)
            + " MiB");
    for (CoreMemory.Store store : fine.memory.stores()) {
      beside.put(store.name(), Text.si((double) store.used()));
    }
    return beside;
  }

  private record State(CoreMemory memory, ProcessMemory grown) {
    long counters() {
      return memory.stores().stream()
          .filter(store -> store.name().equals("counters"))
          .mapToLong(CoreMemory.Store::used)
          .sum();
    }

    long bytes() {
      return memory.offHeapBytes() + grown.heap();
    }
  }
}
