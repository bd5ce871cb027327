package io.podium.ranking.board;

import java.util.Map;

/** What is added up. Integers only. */
public sealed interface Score {
  record Units() implements Score {}

  record Orders() implements Score {}

  /** Quantity times unit price, in the currency's minor unit. */
  record Revenue() implements Score {}

  /** Weight by event type, times quantity (1 when an event has none). */
  record Weights(Map<String, Long> byType) implements Score {
    public Weights {
      byType = Map.copyOf(byType);
    }
  }
}
