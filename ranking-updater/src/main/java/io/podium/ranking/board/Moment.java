package io.podium.ranking.board;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * Moments that may be sent: of the years 0000 to 9999 in UTC. Their texts can all be read again,
 * and stores count them in microseconds.
 */
public final class Moment {
  /** For messages. */
  public static final String ALLOWED =
      "a time as 2026-11-22T00:00:00Z, of the years 0000 to 9999 (UTC)";

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant BEYOND = Instant.parse("+10000-01-01T00:00:00Z");

  private Moment() {}

  public static boolean isAllowed(Instant moment) {
    return !moment.isBefore(FIRST) && moment.isBefore(BEYOND);
  }

  /**
   * @throws DateTimeException when it is not {@link #ALLOWED}
   */
  public static Instant parse(String text) {
    Instant moment = OffsetDateTime.parse(text).toInstant();
    if (!isAllowed(moment)) {
      throw new DateTimeException("out of range");
    }
    return moment;
  }
}
