package io.podium.chaos.harness;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What all processes of a stack read.
 *
 * @param dir of the stack
 */
record StackConfig(Path dir, int enginePort, int engineAdminPort) {
  /** API key and admin token of a stack, which listens on loopback only. */
  static final String TOKEN = "drill";

  Map<String, Object> of(String events, String cache, String mongo, Map<String, Object> boards) {
    Map<String, Object> config = new LinkedHashMap<>();
    // More patient than the defaults: here all of them share a few cores.
    config.put(
        "stores",
        Map.of(
            "events", Map.of("uri", events),
            "cache", Map.of("uri", cache),
            "redis",
                Map.of("connectTimeout", "PT1S", "readTimeout", "PT0.5S", "writeTimeout", "PT2S"),
            "mongo",
                Map.of(
                    "uri", mongo,
                    "database", "podium",
                    "selectTimeout", "PT1S",
                    "readTimeout", "PT1S",
                    "writeTimeout", "PT5S")));
    config.put(
        "updater",
        Map.of(
            "host",
            "127.0.0.1",
            "adminPort",
            0,
            "keys",
            Map.of("drill", TOKEN),
            "adminToken",
            TOKEN,
            "checkpointEvery",
            "PT2S",
            "historyKeep",
            "PT1H"));
    config.put(
        "engine",
        Map.of(
            "host", "127.0.0.1",
            "port", enginePort,
            "adminPort", engineAdminPort,
            "adminToken", TOKEN,
            "hotTier", Map.of("dir", dir.resolve("engine").toString(), "entries", 20_000)));
    config.put("boards", boards);
    return config;
  }
}
