package io.podium.ranking.legacy;

import io.podium.config.Section;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * How one value of an event is found in a row: {@code Column}, or {@code {from: Column, …}}, or
 * {@code {constant: text}}.
 *
 * @param from column; null with a constant
 * @param drop what is cut out of the text
 * @param scale what a number is multiplied by, to come to whole units
 * @param format of a moment; null: ISO 8601
 * @param zone of a moment that does not tell its own
 */
record Field(
    @Nullable String from,
    @Nullable String constant,
    @Nullable Pattern drop,
    BigDecimal scale,
    @Nullable DateTimeFormatter format,
    ZoneId zone) {

  /** Null when the section does not have the key. */
  static @Nullable Field of(Section section, String key) {
    if (!section.has(key)) {
      return null;
    }
    if (!(section.raw(key) instanceof Map)) {
      return column(section.text(key, ""));
    }
    Section s = section.section(key);
    Field field =
        new Field(
            s.textOrNull("from"),
            s.textOrNull("constant"),
            pattern(s, "drop"),
            scale(s),
            format(s),
            zone(s));
    s.done();
    if ((field.from == null) == (field.constant == null)) {
      throw section.refuse(key, "a column, {from: column}, or {constant: text}");
    }
    return field;
  }

  private static Field column(String name) {
    return new Field(name, null, null, BigDecimal.ONE, null, ZoneId.of("UTC"));
  }

  static @Nullable Pattern pattern(Section s, String key) {
    String text = s.textOrNull(key);
    try {
      return text == null ? null : Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw s.refuse(key, "a regular expression");
    }
  }

  private static BigDecimal scale(Section s) {
    try {
      return new BigDecimal(s.text("scale", "1"));
    } catch (NumberFormatException e) {
      throw s.refuse("scale", "a number, as 100");
    }
  }

  private static @Nullable DateTimeFormatter format(Section s) {
    String text = s.textOrNull("format");
    try {
      return text == null ? null : DateTimeFormatter.ofPattern(text, Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw s.refuse("format", "a pattern, as yyyy-MM-dd HH:mm:ss");
    }
  }

  private static ZoneId zone(Section s) {
    try {
      return ZoneId.of(s.text("zone", "UTC"));
    } catch (DateTimeException e) {
      throw s.refuse("zone", "a time zone, as Europe/London");
    }
  }

  String text(Row row) {
    String text = constant != null ? constant : row.value(from == null ? "" : from);
    return (drop == null ? text : drop.matcher(text).replaceAll("")).strip();
  }

  /** A whole number after scaling. */
  long number(Row row, String name) throws RowException {
    String text = text(row);
    try {
      return new BigDecimal(text).multiply(scale).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new RowException(name + " is not a whole number after scaling: " + text);
    }
  }

  Instant time(Row row) throws RowException {
    String text = text(row);
    try {
      if (format == null) {
        return Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(text));
      }
      TemporalAccessor t =
          format.parseBest(
              text, java.time.ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
      if (t instanceof java.time.ZonedDateTime z) {
        return z.toInstant();
      }
      LocalDateTime local =
          t instanceof LocalDateTime l ? l : LocalDate.from(t).atTime(LocalTime.MIDNIGHT);
      return local.atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new RowException("time cannot be read: " + text);
    }
  }
}
