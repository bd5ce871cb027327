package io.podium.ranking.event;

import org.jspecify.annotations.Nullable;

/** What became of the bytes of one event. */
public sealed interface Decoded {
  record Accepted(SalesEvent event) implements Decoded {}

  /**
   * A fault of the event itself, to be counted and kept with its reason.
   *
   * @param source null where it was not readable; so are id and type
   * @param reason one of {@link Reason}: a fixed word, fit for a metric label
   */
  record Rejected(
      @Nullable String source, @Nullable String id, @Nullable String type, String reason)
      implements Decoded {}
}
