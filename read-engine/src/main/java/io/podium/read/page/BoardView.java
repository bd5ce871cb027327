package io.podium.read.page;

import io.podium.listing.BoardInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One board as requests see it: parameters instead of dimensions, lookups instead of lists. */
public final class BoardView {
  private final BoardInfo info;
  private final Map<String, String> dimensions = new HashMap<>();
  private final Set<Set<String>> cuts = new HashSet<>();
  private final Map<String, Set<String>> values = new HashMap<>();

  public BoardView(BoardInfo info) {
    this.info = info;
    for (List<String> cut : info.slices()) {
      cuts.add(Set.copyOf(cut));
      cut.forEach(dimension -> dimensions.put(parameter(dimension), dimension));
    }
    info.values().forEach((dimension, known) -> values.put(dimension, Set.copyOf(known)));
  }

  /** The query parameter of a dimension: the last part of its name. */
  public static String parameter(String dimension) {
    return dimension.substring(dimension.lastIndexOf('.') + 1);
  }

  public BoardInfo info() {
    return info;
  }

  /** The full dimension name behind a query parameter; null when the board has none such. */
  public @Nullable String dimension(String parameter) {
    return dimensions.get(parameter);
  }

  public Set<String> parameters() {
    return dimensions.keySet();
  }

  public boolean cutsBy(Set<String> dimensionNames) {
    return cuts.contains(dimensionNames);
  }

  public boolean knows(String dimension, String value) {
    return values.getOrDefault(dimension, Set.of()).contains(value);
  }

  /** Seconds that an answer counts as fresh: how often the board publishes, at least 1. */
  public int maxAge() {
    return (int) Math.max(1, roundUp(info.publishEvery()));
  }

  /** Value of the Cache-Control header of this board's pages. */
  public String cacheControl() {
    int revalidate = Math.min(60, 10 * maxAge());
    return "public, max-age="
        + maxAge()
        + ", stale-while-revalidate="
        + revalidate
        + ", stale-if-error="
        + roundUp(info.staleIfError());
  }

  private static long roundUp(Duration duration) {
    return duration.plusNanos(999_999_999).toSeconds();
  }
}
