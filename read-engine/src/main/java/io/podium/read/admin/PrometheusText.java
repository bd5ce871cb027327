package io.podium.read.admin;

import java.util.Locale;

/** The Prometheus text format, version 0.0.4. Not thread-safe. */
final class PrometheusText {
  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder(4096);

  void family(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  /**
   * @param labels as {@code status="2xx"}; empty for none
   */
  void sample(String name, String labels, double value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(number(value)).append('\n');
  }

  /** A whole number, see {@link #sample(String, String, double)}. */
  void sample(String name, String labels, long value) {
    sample(name, labels, (double) value);
  }

  void gauge(String name, String help, long value) {
    family(name, "gauge", help);
    sample(name, "", value);
  }

  void counter(String name, String help, long value) {
    family(name, "counter", help);
    sample(name, "", value);
  }

  /** A label's pair, escaped. */
  static String label(String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "=\"" + escaped + '"';
  }

  static String label(String name, String value, String other, String otherValue) {
    return label(name, value) + ',' + label(other, otherValue);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.6f", value);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
