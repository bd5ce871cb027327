package io.podium.demo;

import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code PT30S}, or shorter {@code 30s}, {@code 5m}, {@code 1h}. */
final class Durations implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    String iso = text.toUpperCase(Locale.ROOT);
    try {
      Duration duration = Duration.parse(iso.startsWith("P") ? iso : "PT" + iso);
      if (!duration.isNegative()) {
        return duration;
      }
    } catch (java.time.format.DateTimeParseException e) {
      // Told below.
    }
    throw new TypeConversionException("'" + text + "' is not a duration such as 30s or PT5M");
  }
}
