package io.podium.bench;

import io.podium.bench.flow.Freshness;
import io.podium.bench.flow.FromStream;
import io.podium.bench.flow.Restart;
import io.podium.bench.updater.ApplyingEvents;
import io.podium.bench.updater.StateMemory;
import java.util.Map;
import java.util.function.Supplier;

/** Which measurement stands for which budget id. */
final class Measurements {
  private static final Map<String, Supplier<Measurement>> BY_ID =
      Map.of(
          "U1", ApplyingEvents::new,
          "U2", FromStream::new,
          "U3", Freshness::new,
          "U4", StateMemory::new,
          "U5", Restart::new);

  private Measurements() {}

  static Measurement of(String id) {
    Supplier<Measurement> found = BY_ID.get(id);
    if (found == null) {
      throw new MeasurementException("nothing measures " + id + " yet");
    }
    return found.get();
  }
}
