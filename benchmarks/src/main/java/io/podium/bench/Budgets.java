package io.podium.bench;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code budgets.yaml}. */
final class Budgets {
  private static final Set<String> KEYS =
      Set.of("id", "metric", "title", "ko", "unit", "reference", "limit", "aim", "reason");

  private Budgets() {}

  /** In file order. */
  static List<Budget> load() {
    try (InputStream in = Budgets.class.getResourceAsStream("budgets.yaml")) {
      if (in == null) {
        throw new IllegalStateException("budgets.yaml is not in the jar");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws IllegalArgumentException for a missing or unknown key, a bad limit, or a metric that
   *     stands twice
   */
  static List<Budget> parse(String yaml) throws IOException {
    List<Budget> budgets = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Map<String, String> entry :
        new YAMLMapper().readValue(yaml, new TypeReference<List<Map<String, String>>>() {})) {
      Budget budget = budget(entry);
      if (!seen.add(budget.id() + " " + budget.metric())) {
        throw new IllegalArgumentException(budget.id() + " " + budget.metric() + " stands twice");
      }
      budgets.add(budget);
    }
    return List.copyOf(budgets);
  }

  private static Budget budget(Map<String, String> entry) {
    for (String key : entry.keySet()) {
      if (!KEYS.contains(key)) {
        throw new IllegalArgumentException("key '" + key + "'; allowed: " + KEYS);
      }
    }
    @Nullable String aim = entry.get("aim");
    return new Budget(
        need(entry, "id"),
        need(entry, "metric"),
        need(entry, "title"),
        need(entry, "unit"),
        need(entry, "reference"),
        need(entry, "limit").equals("none") ? null : Limit.parse(need(entry, "limit")),
        aim == null ? null : Limit.parse(aim),
        need(entry, "reason"),
        entry.get("ko"));
  }

  private static String need(Map<String, String> entry, String key) {
    String value = entry.get(key);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("a budget lacks " + key + ": " + entry);
    }
    return value;
  }
}
