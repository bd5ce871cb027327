package io.podium.ranking.verify;

import java.util.List;

/**
 * What verification found.
 *
 * @param events entries that were read again
 * @param listings published listings compared
 * @param epochs epochs whose hash was computed from their content
 * @param links pairs of neighbouring epochs whose chain holds
 * @param unproven pairs that cannot be proven: an epoch between them is in no store
 * @param held one line for each listing that shows what somebody, or its guard, holds it at
 * @param differences one line each; none: identical
 */
public record Report(
    long events,
    long listings,
    long epochs,
    long links,
    long unproven,
    List<String> held,
    List<String> differences) {
  public Report {
    held = List.copyOf(held);
    differences = List.copyOf(differences);
  }
}
