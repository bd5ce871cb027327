package io.podium.bench.peak;

/**
 * A stretch of a load at one rate.
 *
 * @param name without blanks
 * @param perSecond whole requests
 */
public record Step(String name, int perSecond, int seconds) {
  /** As {@code day:100:10}. */
  public String text() {
    return name + ":" + perSecond + ":" + seconds;
  }

  /**
   * @throws IllegalArgumentException when it is no such text
   */
  public static Step parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("not a step of a load: " + text);
    }
    return new Step(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
  }
}
