package io.podium.bench;

import io.podium.bench.read.Allocation;
import io.podium.bench.read.ColdStart;
import io.podium.bench.read.HotSize;
import io.podium.bench.read.Overload;
import io.podium.bench.read.Refusals;
import io.podium.bench.read.WarmPage;
import io.podium.bench.updater.ApplyingEvents;
import io.podium.bench.updater.StateMemory;
import java.util.Map;
import java.util.function.Supplier;

/** Which measurement stands for which budget id. */
final class Measurements {
  private static final Map<String, Supplier<Measurement>> BY_ID =
      Map.of(
          "R1", () -> new WarmPage(WarmPage.Reference.NGINX),
          "R2", () -> new WarmPage(WarmPage.Reference.VARNISH),
          "R3", () -> new WarmPage(WarmPage.Reference.NGINX_CLOSING),
          "R6", Allocation::new,
          "R7", HotSize::new,
          "R8", Refusals::new,
          "R9", Overload::new,
          "R10", ColdStart::new,
          "U1", ApplyingEvents::new,
          "U4", StateMemory::new);

  private Measurements() {}

  static Measurement of(String id) {
    Supplier<Measurement> found = BY_ID.get(id);
    if (found == null) {
      throw new MeasurementException("nothing measures " + id + " yet");
    }
    return found.get();
  }
}
