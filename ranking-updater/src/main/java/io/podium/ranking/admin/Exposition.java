package io.podium.ranking.admin;

import java.util.Map;

/**
 * Metrics in Prometheus' text format. Everything told here is read from a snapshot that exists
 * anyway, so there is no registry. Label values come from fixed sets or from the configuration.
 */
public final class Exposition {
  private final StringBuilder out = new StringBuilder(4096);

  public Exposition counter(String name, String help, long value) {
    head(name, help, "counter");
    sample(name, "", Long.toString(value));
    return this;
  }

  public Exposition gauge(String name, String help, double value) {
    head(name, help, "gauge");
    sample(name, "", number(value));
    return this;
  }

  /**
   * @param byLabel value by label value
   */
  public Exposition counters(
      String name, String help, String label, Map<?, ? extends Number> byLabel) {
    return family(name, help, "counter", label, byLabel);
  }

  public Exposition gauges(
      String name, String help, String label, Map<?, ? extends Number> byLabel) {
    return family(name, help, "gauge", label, byLabel);
  }

  private Exposition family(
      String name, String help, String type, String label, Map<?, ? extends Number> byLabel) {
    head(name, help, type);
    byLabel.forEach(
        (value, n) ->
            sample(name, "{" + label + "=\"" + escape(value.toString()) + "\"}", number(n)));
    return this;
  }

  private void head(String name, String help, String type) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, String labels, String value) {
    out.append(name).append(labels).append(' ').append(value).append('\n');
  }

  private static String number(Number n) {
    double value = n.doubleValue();
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
