package io.podium.ranking.legacy;

import java.util.Map;

/**
 * One record of a legacy file.
 *
 * @param line 1-based
 * @param values text by column; of JSON by path, {@code a.b}
 */
record Row(String file, long line, Map<String, String> values) {
  /** Empty when the row does not have it. */
  String value(String column) {
    return values.getOrDefault(column, "");
  }
}
