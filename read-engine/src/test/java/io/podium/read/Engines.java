package io.podium.read;

import io.podium.config.StoresConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Engines as the tests want them. */
final class Engines {
  private static final EngineConfig.Limits LIMITS =
      new EngineConfig.Limits(
          64, 0, 400, 0, 20, 0, Duration.ofSeconds(30), Duration.ofSeconds(5), 4_096, 8_192);

  private Engines() {}

  static Engine start(StoresConfig stores, Path dir) {
    return start(stores, config(dir));
  }

  static Engine start(StoresConfig stores, EngineConfig config) {
    try {
      return Engine.start(config, stores);
    } catch (StartException e) {
      throw new AssertionError(e);
    }
  }

  static EngineConfig config(Path dir) {
    return config(dir, null, List.of());
  }

  static EngineConfig config(Path dir, @Nullable Path site, List<String> origins) {
    return config(dir, site, origins, Duration.ZERO, null, 0, LIMITS);
  }

  static EngineConfig logging(Path dir, int every) {
    return config(dir, null, List.of(), Duration.ZERO, null, every, LIMITS);
  }

  static EngineConfig config(Path dir, EngineConfig.Limits limits) {
    return config(dir, null, List.of(), Duration.ZERO, null, 0, limits);
  }

  static EngineConfig config(Path dir, Path site, EngineConfig.Limits limits) {
    return config(dir, site, List.of(), Duration.ZERO, null, 0, limits);
  }

  static EngineConfig draining(Path dir, Duration drain) {
    return config(dir, null, List.of(), drain, null, 0, LIMITS);
  }

  static EngineConfig tls(Path dir, EngineConfig.Tls tls) {
    return config(dir, null, List.of(), Duration.ZERO, tls, 0, LIMITS);
  }

  private static EngineConfig config(
      Path dir,
      @Nullable Path site,
      List<String> origins,
      Duration drain,
      EngineConfig.@Nullable Tls tls,
      int logEvery,
      EngineConfig.Limits limits) {
    return new EngineConfig(
        "127.0.0.1",
        0,
        "127.0.0.1",
        0,
        "secret",
        "0123456789abcdef",
        2,
        2,
        site,
        origins,
        16 << 20,
        Duration.ofMinutes(10),
        new EngineConfig.Hot(dir.resolve("hot"), 10_000, 1_024),
        drain,
        tls,
        logEvery,
        null,
        limits);
  }
}
