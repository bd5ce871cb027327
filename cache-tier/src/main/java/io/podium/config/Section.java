package io.podium.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of the configuration, read key by key. Each getter names the default beside the key
 * and refuses what is not allowed with a {@link ConfigException} that tells the full key, the value
 * and what is allowed; {@link #done} refuses keys that nobody asked for. Not thread-safe.
 */
public interface Section {
  /** Full path of this section, dots between: {@code boards.best-sellers}. */
  String path();

  /** Keys present, in file order: for sections whose keys are names, as {@code boards}. */
  Set<String> keys();

  boolean has(String key);

  String text(String key, String byDefault);

  /** Null when it is not set. */
  @Nullable String textOrNull(String key);

  String oneOf(String key, String byDefault, String... allowed);

  long integer(String key, long byDefault, long min, long max);

  boolean flag(String key, boolean byDefault);

  /** ISO 8601 duration, as {@code PT1S} or {@code P1D}. */
  Duration duration(String key, Duration byDefault, Duration min, Duration max);

  List<String> texts(String key, List<String> byDefault);

  /** The section below {@code key}; empty when it is not set. */
  Section section(String key);

  /** The raw value (text, number, boolean, list or map), for keys with several shapes; or null. */
  @Nullable Object raw(String key);

  /** A refusal of {@code key} in this section, to throw. */
  ConfigException refuse(String key, String allowed);

  /** Refuses the keys of this section that were not asked for, with the nearest known key. */
  void done();
}
