package io.podium.bench;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which side of a value is allowed, the value included. */
public record Limit(boolean atLeast, double value) {
  private static final Pattern FORM = Pattern.compile("(>=|<=) ?([0-9]+(?:\\.[0-9]+)?)");

  /**
   * @throws IllegalArgumentException unless it is as {@code >= 20} or {@code <= 1.5}
   */
  public static Limit parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException("limit: '" + text + "'; allowed: >= NUMBER or <= NUMBER");
    }
    return new Limit(m.group(1).equals(">="), Double.parseDouble(m.group(2)));
  }

  public boolean allows(double measured) {
    return atLeast ? measured >= value : measured <= value;
  }

  @Override
  public String toString() {
    String number =
        value == Math.rint(value)
            ? String.format(Locale.ROOT, "%.0f", value)
            : Double.toString(value);
    return (atLeast ? ">= " : "<= ") + number;
  }
}
