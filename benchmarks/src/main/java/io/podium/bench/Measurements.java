package io.podium.bench;

import io.podium.bench.flow.Freshness;
import io.podium.bench.flow.FromStream;
import io.podium.bench.flow.Restart;
import io.podium.bench.peak.SalePeak;
import io.podium.bench.read.Allocation;
import io.podium.bench.read.CardChange;
import io.podium.bench.read.ColdStart;
import io.podium.bench.read.HotSize;
import io.podium.bench.read.Lookup;
import io.podium.bench.read.Overload;
import io.podium.bench.read.Refusals;
import io.podium.bench.read.Soak;
import io.podium.bench.read.Tail;
import io.podium.bench.read.WarmEngine;
import io.podium.bench.read.WarmPage;
import io.podium.bench.updater.ApplyingEvents;
import io.podium.bench.updater.StateMemory;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Which measurement stands for which budget id, and what those of one process share. */
final class Measurements implements AutoCloseable {
  /** Measured by one process: its engine is started and warmed up once. */
  private static final List<String> TOGETHER = List.of("R1", "R2", "R3", "P1", "P2", "R4", "R6");

  private final WarmEngine engine = new WarmEngine();
  private final Map<String, Supplier<Measurement>> byId =
      Map.ofEntries(
          Map.entry("R1", () -> new WarmPage(WarmPage.Reference.NGINX, engine)),
          Map.entry("R2", () -> new WarmPage(WarmPage.Reference.VARNISH, engine)),
          Map.entry("R3", () -> new WarmPage(WarmPage.Reference.NGINX_CLOSING, engine)),
          Map.entry("R4", () -> new Tail(engine)),
          Map.entry("R5", Lookup::new),
          Map.entry("R6", () -> new Allocation(engine)),
          Map.entry("R7", HotSize::new),
          Map.entry("R8", Refusals::new),
          Map.entry("R9", Overload::new),
          Map.entry("R10", ColdStart::new),
          Map.entry("CARD", CardChange::new),
          Map.entry("SOAK", Soak::new),
          Map.entry("PEAK", SalePeak::new),
          Map.entry("P1", () -> new WarmPage(WarmPage.Reference.HAPROXY, engine)),
          Map.entry("P2", () -> new WarmPage(WarmPage.Reference.REDIS_EACH_TIME, engine)),
          Map.entry("U1", ApplyingEvents::new),
          Map.entry("U2", FromStream::new),
          Map.entry("U3", Freshness::new),
          Map.entry("U4", StateMemory::new),
          Map.entry("U5", Restart::new));

  /** Those of {@code ids} that one process measures together with the given one. */
  static List<String> together(String id, List<String> ids) {
    return TOGETHER.contains(id)
        ? ids.stream().filter(TOGETHER::contains).distinct().toList()
        : List.of(id);
  }

  Measurement of(String id) {
    Supplier<Measurement> found = byId.get(id);
    if (found == null) {
      throw new MeasurementException("nothing measures " + id + " yet");
    }
    return found.get();
  }

  @Override
  public void close() {
    engine.close();
  }
}
