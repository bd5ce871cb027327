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
import io.podium.bench.read.WarmPage;
import io.podium.bench.updater.ApplyingEvents;
import io.podium.bench.updater.StateMemory;
import java.util.Map;
import java.util.function.Supplier;

/** Which measurement stands for which budget id. */
final class Measurements {
  private static final Map<String, Supplier<Measurement>> BY_ID =
      Map.ofEntries(
          Map.entry("R1", () -> new WarmPage(WarmPage.Reference.NGINX)),
          Map.entry("R2", () -> new WarmPage(WarmPage.Reference.VARNISH)),
          Map.entry("R3", () -> new WarmPage(WarmPage.Reference.NGINX_CLOSING)),
          Map.entry("R4", Tail::new),
          Map.entry("R5", Lookup::new),
          Map.entry("R6", Allocation::new),
          Map.entry("R7", HotSize::new),
          Map.entry("R8", Refusals::new),
          Map.entry("R9", Overload::new),
          Map.entry("R10", ColdStart::new),
          Map.entry("CARD", CardChange::new),
          Map.entry("SOAK", Soak::new),
          Map.entry("PEAK", SalePeak::new),
          Map.entry("P1", () -> new WarmPage(WarmPage.Reference.HAPROXY)),
          Map.entry("P2", () -> new WarmPage(WarmPage.Reference.REDIS_EACH_TIME)),
          Map.entry("U1", ApplyingEvents::new),
          Map.entry("U2", FromStream::new),
          Map.entry("U3", Freshness::new),
          Map.entry("U4", StateMemory::new),
          Map.entry("U5", Restart::new));

  private Measurements() {}

  static Measurement of(String id) {
    Supplier<Measurement> found = BY_ID.get(id);
    if (found == null) {
      throw new MeasurementException("nothing measures " + id + " yet");
    }
    return found.get();
  }
}
