package io.podium.ranking.core;

import java.util.Map;

/**
 * What became of all events so far. {@code received = applied + duplicate + late + ignored +
 * rejected + waiting} at any time.
 *
 * @param conflict duplicates with other content than the first; part of duplicate
 * @param rejected by reason; a fixed set of short words
 * @param foreign per board: orders in another currency, counted on other boards only
 * @param beyond per board: slices that are not listed because a dimension has too many values
 */
public record Counts(
    long applied,
    long duplicate,
    long conflict,
    long late,
    long ignored,
    Map<String, Long> rejected,
    long waiting,
    Map<String, Long> foreign,
    Map<String, Long> beyond) {
  public Counts {
    rejected = Map.copyOf(rejected);
    foreign = Map.copyOf(foreign);
    beyond = Map.copyOf(beyond);
  }

  public long received() {
    return applied + duplicate + late + ignored + rejectedTotal() + waiting;
  }

  public long rejectedTotal() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }
}
