package io.podium.ranking.sim;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The core is not what it must be. */
final class Difference extends AssertionError {
  private Difference(String message) {
    super(message);
  }

  static void when(boolean differs, String format, Object... values) {
    if (differs) {
      throw new Difference(String.format(Locale.ROOT, format, values));
    }
  }

  static void unless(
      boolean same, String what, Object of, @Nullable Object expected, @Nullable Object got) {
    if (!same) {
      throw new Difference(what + " of " + of + "\n  must be " + expected + "\n  but is  " + got);
    }
  }
}
