package io.podium.bench.report;

import io.podium.bench.Text;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Texts on their way into the page. */
final class Html {
  private Html() {}

  /** The same in English and Korean; the page shows one of them. */
  static String both(String en, String ko) {
    return "<span class=\"en\">%s</span><span class=\"ko\" lang=\"ko\">%s</span>"
        .formatted(escape(en), escape(ko));
  }

  /** The same within an SVG's text. */
  static String bothInside(String en, String ko) {
    return "<tspan class=\"en\">%s</tspan><tspan class=\"ko\" lang=\"ko\">%s</tspan>"
        .formatted(escape(en), escape(ko));
  }

  /** In Korean where there is such a text. */
  static String either(String en, @Nullable String ko) {
    return both(en, ko == null ? en : ko);
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** With its unit; a factor is written to the number. */
  static String value(double value, String unit) {
    return Text.number(value) + (unit.equals("x") ? "x" : " " + escape(unit));
  }

  /** A coordinate. */
  static String at(double value) {
    return at(value, 1);
  }

  /** So many digits behind the point, without zeros at the end. */
  static String at(double value, int digits) {
    String text = String.format(Locale.ROOT, "%." + digits + "f", value);
    return text.replaceAll("\\.?0+$", "");
  }
}
