package io.podium.config;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The variables {@code PODIUM_…} and which of them were asked for; shared by all sections. */
final class Overrides {
  private static final String PREFIX = "PODIUM_";

  /** Read by the launcher and by the test suite, never settings of a process. */
  private static final Set<String> NOT_SETTINGS =
      Set.of("PODIUM_HOME", "PODIUM_JAVA_OPTS", "PODIUM_JFR");

  private static final String TESTS = "PODIUM_TEST_";

  private final Map<String, String> variables = new TreeMap<>();
  private final Set<String> flags;
  private final Set<String> topLevel;
  private final Set<String> asked = new HashSet<>();
  private final Set<String> opened = new HashSet<>();

  Overrides(Map<String, String> env, Set<String> flags, Set<String> topLevel) {
    env.forEach(
        (name, value) -> {
          String upper = name.toUpperCase(Locale.ROOT);
          if (upper.startsWith(PREFIX)
              && !upper.startsWith(TESTS)
              && !NOT_SETTINGS.contains(upper)) {
            variables.put(upper, value);
          }
        });
    this.flags = Set.copyOf(flags);
    this.topLevel = Set.copyOf(topLevel);
  }

  /** The value of the key's variable, unless a flag goes before it. */
  @Nullable String of(String path) {
    String name = variable(path);
    asked.add(name);
    return flags.contains(path) ? null : variables.get(name);
  }

  Set<String> topLevel() {
    return topLevel;
  }

  void open(String path) {
    opened.add(variable(path));
  }

  static String variable(String path) {
    return PREFIX + path.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  /** Refuses variables that nobody asked for, except those of sections for other processes. */
  void done() {
    for (String name : variables.keySet()) {
      if (!asked.contains(name) && !belongsElsewhere(name)) {
        throw new ConfigException(
            name
                + ": no such setting"
                + Nearest.hint(name, asked)
                + "; variables that begin with PODIUM_ set configuration keys");
      }
    }
  }

  private boolean belongsElsewhere(String name) {
    return topLevel.stream()
        .map(Overrides::variable)
        .anyMatch(section -> name.startsWith(section + "_") && !opened.contains(section));
  }
}
