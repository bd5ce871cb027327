package io.podium.bench;

/** Hears how far a measurement is. */
@FunctionalInterface
public interface Progress {
  /**
   * @param part 0 to 1
   * @param text what is being done, a few words
   */
  void at(double part, String text);
}
