package io.podium.config;

import java.math.BigInteger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A section over a parsed mapping, with the environment laid over it. */
final class MapSection implements Section {
  private final String path;
  private final Map<String, @Nullable Object> values;
  private final Overrides overrides;
  private final Set<String> asked = new LinkedHashSet<>();

  MapSection(String path, Map<String, @Nullable Object> values, Overrides overrides) {
    this.path = path;
    this.values = values;
    this.overrides = overrides;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public Set<String> keys() {
    return Collections.unmodifiableSet(values.keySet());
  }

  @Override
  public boolean has(String key) {
    return raw(key) != null;
  }

  @Override
  public String text(String key, String byDefault) {
    String text = textOrNull(key);
    return text == null ? byDefault : text;
  }

  @Override
  public @Nullable String textOrNull(String key) {
    Object value = raw(key);
    if (value instanceof Map || value instanceof List) {
      throw refuse(key, "a text");
    }
    return value == null ? null : value.toString();
  }

  @Override
  public String oneOf(String key, String byDefault, String... allowed) {
    String value = text(key, byDefault);
    if (!Arrays.asList(allowed).contains(value)) {
      throw refuse(key, String.join(", ", allowed));
    }
    return value;
  }

  @Override
  public long integer(String key, long byDefault, long min, long max) {
    Object value = raw(key);
    if (value == null) {
      return byDefault;
    }
    try {
      BigInteger number = new BigInteger(value.toString());
      if (number.compareTo(BigInteger.valueOf(min)) >= 0
          && number.compareTo(BigInteger.valueOf(max)) <= 0) {
        return number.longValueExact();
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    throw refuse(key, "a whole number from " + min + " to " + max);
  }

  @Override
  public boolean flag(String key, boolean byDefault) {
    Object value = raw(key);
    if (value == null) {
      return byDefault;
    }
    return switch (value.toString()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refuse(key, "true or false");
    };
  }

  @Override
  public Duration duration(String key, Duration byDefault, Duration min, Duration max) {
    Object value = raw(key);
    if (value == null) {
      return byDefault;
    }
    try {
      Duration duration = Duration.parse(value.toString());
      if (duration.compareTo(min) >= 0 && duration.compareTo(max) <= 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // Refused below, as a duration out of range is.
    }
    throw refuse(key, "an ISO 8601 duration from " + min + " to " + max);
  }

  @Override
  public List<String> texts(String key, List<String> byDefault) {
    Object value = raw(key);
    if (value == null) {
      return byDefault;
    }
    if (value instanceof String text) {
      return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
    if (!(value instanceof List<?> list)) {
      throw refuse(key, "a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (Object item : list) {
      if (item == null || item instanceof Map || item instanceof List) {
        throw refuse(key, "a list of texts");
      }
      texts.add(item.toString());
    }
    return List.copyOf(texts);
  }

  @Override
  public Section section(String key) {
    asked.add(key);
    overrides.open(full(key));
    Object value = values.get(key);
    if (value == null) {
      return new MapSection(full(key), new LinkedHashMap<>(), overrides);
    }
    if (!(value instanceof Map)) {
      throw refuse(key, "a section of keys and values");
    }
    return new MapSection(full(key), Yaml.mapping(value), overrides);
  }

  @Override
  public @Nullable Object raw(String key) {
    asked.add(key);
    String variable = overrides.of(full(key));
    return variable == null ? values.get(key) : Yaml.value(variable, full(key));
  }

  @Override
  public ConfigException refuse(String key, String allowed) {
    String variable = overrides.of(full(key));
    String name =
        variable == null ? full(key) : full(key) + " (" + Overrides.variable(full(key)) + ")";
    return new ConfigException(
        Refusal.line(name, variable == null ? values.get(key) : variable, allowed));
  }

  @Override
  public void done() {
    Set<String> known = new LinkedHashSet<>(asked);
    if (path.isEmpty()) {
      known.addAll(overrides.topLevel());
    }
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw new ConfigException(
            full(key) + ": no such key" + Nearest.hint(key, known) + "; known: " + list(known));
      }
    }
    if (path.isEmpty()) {
      overrides.done();
    }
  }

  private static String list(Set<String> known) {
    return known.isEmpty() ? "none" : String.join(", ", known);
  }

  private String full(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
