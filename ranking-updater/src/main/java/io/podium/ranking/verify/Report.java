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
 * @param differences one line each; none: identical
 */
public record Report(
    long events, long listings, long epochs, long links, long unproven, List<String> differences) {
  public Report {
    differences = List.copyOf(differences);
  }
}
