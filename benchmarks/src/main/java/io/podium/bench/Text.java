package io.podium.bench;

import java.util.Locale;

/** Numbers as people read them. */
public final class Text {
  private Text() {}

  /** Three significant digits, from a thousand on with k, M or G. */
  public static String si(double value) {
    double scaled = value;
    String unit = "";
    for (String next : new String[] {"k", "M", "G"}) {
      if (Math.abs(scaled) < 1000) {
        break;
      }
      scaled /= 1000;
      unit = next;
    }
    return number(scaled) + unit;
  }

  /** At least three significant digits, without an exponent. */
  public static String number(double value) {
    double size = Math.abs(value);
    String form = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, form, value);
  }
}
