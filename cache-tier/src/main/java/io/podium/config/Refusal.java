package io.podium.config;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a refusal reads: one line, bounded, without secrets. */
final class Refusal {
  private static final int MAX_VALUE = 120;
  private static final Pattern SECRET_KEY =
      Pattern.compile(".*(password|secret|token|apikey)(?: \\(.*)?$");
  private static final Pattern USER_INFO = Pattern.compile("//[^/@\\s]*@");
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

  private Refusal() {}

  static String line(String key, @Nullable Object value, String allowed) {
    return key + ": " + shown(key, value) + " is not allowed; allowed: " + allowed;
  }

  private static String shown(String key, @Nullable Object value) {
    if (value == null) {
      return "nothing";
    }
    if (SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).matches()) {
      return "the value";
    }
    String text = CONTROL.matcher(value.toString()).replaceAll(" ");
    text = USER_INFO.matcher(text).replaceAll("//***@");
    if (text.length() > MAX_VALUE) {
      text = text.substring(0, MAX_VALUE) + "…";
    }
    return value instanceof CharSequence ? '"' + text + '"' : text;
  }
}
