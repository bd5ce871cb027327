package io.podium.ranking.event;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * Reads RFC 3339 date-times, several times faster than {@link java.time.format.DateTimeFormatter}.
 * Fractions beyond nanoseconds are cut; leap seconds ({@code :60}) are not accepted.
 */
final class Rfc3339 {
  static final int SECONDS_END = "2026-11-22T09:00:00".length();

  private Rfc3339() {}

  /** Null when the text is not a date-time. */
  static @Nullable Instant parse(String s) {
    if (s.length() <= SECONDS_END
        || s.charAt(4) != '-'
        || s.charAt(7) != '-'
        || (s.charAt(10) | 0x20) != 't'
        || s.charAt(13) != ':'
        || s.charAt(16) != ':') {
      return null;
    }
    int year = number(s, 0, 4);
    int month = number(s, 5, 7);
    int day = number(s, 8, 10);
    int hour = number(s, 11, 13);
    int minute = number(s, 14, 16);
    int second = number(s, 17, 19);
    if (year < 0 || month < 1 || month > 12 || day < 1 || hour < 0 || minute < 0 || second < 0) {
      return null;
    }
    if (day > YearMonth.of(year, month).lengthOfMonth()
        || hour > 23
        || minute > 59
        || second > 59) {
      return null;
    }
    int fractionEnd = fractionEnd(s);
    int offset = fractionEnd < 0 ? NOT_AN_OFFSET : offsetSeconds(s, fractionEnd);
    if (offset == NOT_AN_OFFSET) {
      return null;
    }
    long seconds =
        LocalDate.of(year, month, day).toEpochDay() * 86_400L
            + (hour * 3_600L + minute * 60L + second)
            - offset;
    return Instant.ofEpochSecond(seconds, nanos(s, fractionEnd));
  }

  /** Where the offset starts; -1 when the fraction is malformed. */
  private static int fractionEnd(String s) {
    if (s.charAt(SECONDS_END) != '.') {
      return SECONDS_END;
    }
    int end = SECONDS_END + 1;
    while (end < s.length() && isDigit(s.charAt(end))) {
      end++;
    }
    return end == SECONDS_END + 1 ? -1 : end;
  }

  private static int nanos(String s, int fractionEnd) {
    int nanos = 0;
    for (int i = SECONDS_END + 1; i <= SECONDS_END + 9; i++) {
      nanos = nanos * 10 + (i < fractionEnd ? s.charAt(i) - '0' : 0);
    }
    return nanos;
  }

  private static final int NOT_AN_OFFSET = Integer.MIN_VALUE;

  private static int offsetSeconds(String s, int at) {
    int length = s.length() - at;
    if (length == 1 && (s.charAt(at) | 0x20) == 'z') {
      return 0;
    }
    if (length != "+09:00".length() || s.charAt(at + 3) != ':') {
      return NOT_AN_OFFSET;
    }
    char sign = s.charAt(at);
    int hours = number(s, at + 1, at + 3);
    int minutes = number(s, at + 4, at + 6);
    if ((sign != '+' && sign != '-') || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
      return NOT_AN_OFFSET;
    }
    int seconds = hours * 3_600 + minutes * 60;
    return sign == '-' ? -seconds : seconds;
  }

  /** The digits' value; -1 when one of them is none. */
  private static int number(String s, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = s.charAt(i);
      if (!isDigit(c)) {
        return -1;
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
