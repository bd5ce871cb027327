package io.podium.chaos.harness;

import java.util.LinkedHashMap;
import java.util.Map;

/** What all processes of a stack read. */
final class StackConfig {
  /** API key and admin token of a stack, which listens on loopback only. */
  static final String TOKEN = "drill";

  private StackConfig() {}

  static Map<String, Object> of(StoreProcesses stores, Layout layout, Map<String, Object> boards) {
    Map<String, Object> config = new LinkedHashMap<>();
    // More patient than the defaults: here all of them share a few cores.
    config.put(
        "stores",
        Map.of(
            "events", Map.of("uri", stores.events().uri()),
            "cache", Map.of("uri", stores.cacheUri()),
            "redis",
                Map.of("connectTimeout", "PT1S", "readTimeout", "PT0.5S", "writeTimeout", "PT2S"),
            "mongo",
                Map.of(
                    "uri", stores.mongo().uri(),
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
            "host",
            "127.0.0.1",
            "adminToken",
            TOKEN,
            "drain",
            "PT1S",
            "hotTier",
            Map.of("entries", layout.hotEntries()),
            "limits",
            Map.of("slowClient", layout.slowClient().toString())));
    config.put("boards", boards);
    return config;
  }
}
