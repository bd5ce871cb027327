package io.podium.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.podium.config.Config;
import io.podium.ranking.board.BoardParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The configuration that all of the demo's processes read. */
final class DemoConfig {
  /** API key and admin token; in the demo, and only there. */
  static final String TOKEN = "demo";

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private DemoConfig() {}

  /** Where the stores are. */
  record Stores(String events, String cache, String mongo) {}

  static Map<String, Object> of(
      Stores stores, Ports ports, Map<String, Object> boards, Path dir, Path site) {
    Map<String, Object> config = new LinkedHashMap<>();
    // More patient than the defaults: here all stores share their cores with everything else.
    config.put(
        "stores",
        Map.of(
            "events", Map.of("uri", stores.events()),
            "cache", Map.of("uri", stores.cache()),
            "redis",
                Map.of("connectTimeout", "PT1S", "readTimeout", "PT0.25S", "writeTimeout", "PT2S"),
            "mongo",
                Map.of(
                    "uri", stores.mongo(),
                    "database", "podium",
                    "selectTimeout", "PT1S",
                    "readTimeout", "PT1S",
                    "writeTimeout", "PT5S")));
    config.put(
        "updater",
        Map.of(
            "host",
            "127.0.0.1",
            "keys",
            Map.of("demo", TOKEN),
            "adminToken",
            TOKEN,
            "historyKeep",
            "PT15M"));
    config.put(
        "engine",
        Map.of(
            "host", "127.0.0.1",
            "port", ports.engine(),
            "adminPort", ports.engineAdmin(),
            "adminToken", TOKEN,
            "site", site.toString(),
            "hotTier", Map.of("dir", dir.resolve("engine").toString(), "entries", 20_000)));
    config.put("boards", boards);
    return config;
  }

  /** Boards that ship with the demo, by the name of their resource. */
  static Map<String, Object> shipped(String name) throws IOException {
    try (InputStream in = DemoConfig.class.getResourceAsStream("/demo/" + name)) {
      return mapping(YAML.readValue(in, Object.class));
    }
  }

  /**
   * The boards of a visitor's file, checked.
   *
   * @throws io.podium.config.ConfigException for a board that is not allowed
   */
  static Map<String, Object> own(Path file) {
    if (!Files.isReadable(file)) {
      throw new DemoException(file + " cannot be read: name an existing file with boards");
    }
    BoardParser.parse(
        Config.load(file, Map.of(), Map.of(), Set.of("stores", "updater", "engine", "boards"))
            .section("boards"));
    Map<String, Object> boards;
    try {
      boards = mapping(mapping(YAML.readValue(file.toFile(), Object.class)).get("boards"));
    } catch (IOException e) {
      throw new DemoException(file + " is not YAML: " + e.getMessage());
    }
    if (boards.isEmpty()) {
      throw new DemoException(file + " has no boards: define at least one under boards:");
    }
    return boards;
  }

  private static Map<String, Object> mapping(@Nullable Object value) {
    Map<String, Object> mapping = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> found) {
      found.forEach((k, v) -> mapping.put(String.valueOf(k), v));
    }
    return mapping;
  }
}
