package io.podium.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the known name that a mistyped one most likely meant. */
final class Nearest {
  private Nearest() {}

  /** {@code "; did you mean NAME?"}, or nothing when no name is near. */
  static String hint(String name, Collection<String> known) {
    int near = Math.max(2, name.length() / 4);
    return known.stream()
        .filter(k -> distance(name, k) <= near)
        .min(Comparator.comparingInt((String k) -> distance(name, k)).thenComparing(k -> k))
        .map(k -> "; did you mean " + k + "?")
        .orElse("");
  }

  /** Levenshtein distance without regard to case. */
  private static int distance(String a, String b) {
    String x = a.toLowerCase(Locale.ROOT);
    String y = b.toLowerCase(Locale.ROOT);
    int[] row = new int[y.length() + 1];
    for (int j = 0; j <= y.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= x.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= y.length(); j++) {
        int swap = diagonal + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(swap, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[y.length()];
  }
}
