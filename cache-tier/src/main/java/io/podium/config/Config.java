package io.podium.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration: the file, over it the environment, over that flags; defaults stand
 * beside the keys where they are asked for. Values of a file are texts, {@link Integer}, {@link
 * Long}, {@link java.math.BigInteger}, {@link java.math.BigDecimal}, {@link Boolean}, lists and
 * maps; those of the environment and of flags are texts (a list or a mapping in YAML's {@code [a,
 * b]} and {@code {a: b}} form), which every getter understands.
 *
 * <p>The variable of {@code stores.cache.uri} is {@code PODIUM_STORES_CACHE_URI}: upper case, all
 * that is not a letter or digit as {@code _}. It can set keys of a named section (a board) that the
 * file has, but not add a name.
 */
public final class Config {
  private static final int MAX_NAME = 200;

  private Config() {}

  /**
   * The root section. Call {@link Section#done} on it last: it refuses top-level names outside
   * {@code topLevel}, and variables {@code PODIUM_…} that matched no key asked for, unless they
   * belong to a top-level section that this process did not open.
   *
   * @param file YAML; null when there is none
   * @param flags values by full key, as {@code stores.cache.uri}
   * @param topLevel every section that the file may have, for whatever process
   * @throws ConfigException when the file cannot be read or is not a mapping
   */
  public static Section load(
      @Nullable Path file,
      Map<String, String> env,
      Map<String, String> flags,
      Set<String> topLevel) {
    Map<String, @Nullable Object> tree = file == null ? new LinkedHashMap<>() : Yaml.read(file);
    flags.forEach((key, value) -> put(tree, key, value));
    return new MapSection("", tree, new Overrides(env, flags.keySet(), topLevel));
  }

  /** The root section of a YAML or JSON text, without environment or flags. */
  public static Section parse(String text, String name) {
    return new MapSection("", Yaml.parse(text, name), new Overrides(Map.of(), Set.of(), Set.of()));
  }

  private static void put(Map<String, @Nullable Object> tree, String key, String value) {
    List<String> names = List.of(key.split("\\.", -1));
    if (key.length() > MAX_NAME || names.contains("")) {
      throw new ConfigException(Refusal.line(key, value, "a key such as stores.cache.uri"));
    }
    Map<String, @Nullable Object> at = tree;
    for (String name : names.subList(0, names.size() - 1)) {
      Object below = at.get(name);
      if (below == null) {
        below = new LinkedHashMap<String, @Nullable Object>();
        at.put(name, below);
      }
      if (!(below instanceof Map)) {
        throw new ConfigException(Refusal.line(key, value, "a key that lies in a section"));
      }
      at = Yaml.mapping(below);
    }
    at.put(names.get(names.size() - 1), Yaml.value(value, key));
  }
}
