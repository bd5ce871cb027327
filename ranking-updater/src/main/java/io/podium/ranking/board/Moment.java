package io.podium.ranking.board;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Reads a moment as somebody writes it: a date-time with its offset. */
public final class Moment {
  /** For messages. */
  public static final String ALLOWED =
      "a time as 2026-11-22T00:00:00Z, of the years 0000 to 9999 (UTC)";

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant BEYOND = Instant.parse("+10000-01-01T00:00:00Z");

  private Moment() {}

  /**
   * Of the years 0000 to 9999 in UTC only: their texts can all be read again, and stores count them
   * in microseconds.
   *
   * @throws DateTimeException when it is not {@link #ALLOWED}
   */
  public static Instant parse(String text) {
    Instant moment = OffsetDateTime.parse(text).toInstant();
    if (moment.isBefore(FIRST) || !moment.isBefore(BEYOND)) {
      throw new DateTimeException("out of range");
    }
    return moment;
  }
}
