package io.podium.ranking.legacy;

import io.podium.config.Section;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a row is meant: {@code {field: Column, matches: regex}}; the whole text must match. */
record Filter(String field, Pattern matches, String reason) {
  static @Nullable Filter of(Section parent, String key) {
    if (!parent.has(key)) {
      return null;
    }
    Section s = parent.section(key);
    String field = s.textOrNull("field");
    Pattern matches = Field.pattern(s, "matches");
    String reason = s.text("reason", "filtered: " + key);
    s.done();
    if (field == null || matches == null) {
      throw parent.refuse(key, "{field: column, matches: regular expression}");
    }
    return new Filter(field, matches, reason);
  }

  boolean meets(Row row) {
    return matches.matcher(row.value(field)).matches();
  }
}
