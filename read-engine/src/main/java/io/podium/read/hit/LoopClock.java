package io.podium.read.hit;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The Date header, made once a second. Confined to one event loop. */
final class LoopClock {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final Clock clock;
  private long second = Long.MIN_VALUE;
  private String date = "";

  LoopClock(Clock clock) {
    this.clock = clock;
  }

  /** Milliseconds since the Unix epoch. */
  long now() {
    return clock.millis();
  }

  String date(long now) {
    long at = Math.floorDiv(now, 1000);
    if (at != second) {
      second = at;
      date = HTTP_DATE.format(Instant.ofEpochSecond(at));
    }
    return date;
  }
}
