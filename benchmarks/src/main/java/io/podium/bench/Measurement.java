package io.podium.bench;

import java.util.List;

/** How the metrics of one budget id are measured. */
public interface Measurement {
  /** Flags of the JVM it runs in. */
  List<String> jvmFlags();

  /**
   * One figure per metric of the id. Runs for as long as the mode says, and tells the progress on
   * the way.
   *
   * @throws MeasurementException when it cannot be measured here; the message says why
   */
  List<Figure> measure(Mode mode, Progress progress);
}
