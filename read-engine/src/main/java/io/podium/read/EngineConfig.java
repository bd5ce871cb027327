package io.podium.read;

import io.podium.config.Section;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code engine} of the configuration; see {@code reference-engine.yaml} for each key.
 *
 * @param loops event loops of the public port
 * @param site folder served at the root; null: none
 * @param adminToken null: nothing behind a token is served
 * @param cursorKey null: derived, see {@link CursorKey}
 * @param heapPages bytes of ready pages on the heap at most
 * @param hot the hot tier
 * @param drain how long it serves on, not ready any more, after it was told to stop
 * @param tls null: the public port is in clear text
 * @param accessLogEvery one request in so many is logged; 0: none
 * @param traces address of an OTLP/HTTP collector; null: none
 */
public record EngineConfig(
    String host,
    int port,
    String adminHost,
    int adminPort,
    @Nullable String adminToken,
    @Nullable String cursorKey,
    int loops,
    int workers,
    @Nullable Path site,
    List<String> corsOrigins,
    long heapPages,
    Duration idlePages,
    Hot hot,
    Duration drain,
    @Nullable Tls tls,
    int accessLogEvery,
    @Nullable String traces,
    Limits limits) {

  /** PEM files; the public port speaks TLS with them. */
  public record Tls(Path certificate, Path key) {}

  /**
   * @param dir folder of the file; one engine at a time uses it
   * @param entries values it is laid out for
   */
  public record Hot(Path dir, long entries, int averageBytes) {}

  /**
   * @param loads pages being loaded at a time
   * @param loadsPerAddress of those, for one address; 0 for no limit
   * @param connections of clients at a time
   * @param connectionsPerAddress of those, from one address; 0 for no limit
   * @param changesClients streams of changes at a time
   * @param changesPerAddress of those, to one address; 0 for no limit
   * @param idle a silent connection is closed after this
   * @param slowClient within this a request's head must come and a waiting answer be taken, in
   *     HTTP/2 at least 16 KiB of it
   * @param requestLine bytes
   * @param headers bytes of one request's headers
   */
  public record Limits(
      int loads,
      int loadsPerAddress,
      int connections,
      int connectionsPerAddress,
      int changesClients,
      int changesPerAddress,
      Duration idle,
      Duration slowClient,
      int requestLine,
      int headers) {}

  private static final int KEY_BYTES = 16;

  /**
   * Reads the section {@code engine} of the root.
   *
   * @throws io.podium.config.ConfigException for an unknown key or a value that is not allowed
   */
  public static EngineConfig from(Section root) {
    Section engine = root.section("engine");
    int cores = Runtime.getRuntime().availableProcessors();
    String site = engine.textOrNull("site");
    EngineConfig config =
        new EngineConfig(
            engine.text("host", "0.0.0.0"),
            (int) engine.integer("port", 8080, 0, 65_535),
            engine.text("adminHost", "127.0.0.1"),
            (int) engine.integer("adminPort", 9080, 0, 65_535),
            engine.textOrNull("adminToken"),
            cursorKey(engine),
            (int) engine.integer("eventLoops", cores, 1, 256),
            (int) engine.integer("workers", Math.max(2, cores), 1, 256),
            site == null ? null : Path.of(site),
            engine.texts("corsOrigins", List.of()),
            engine.integer("heapPagesMiB", 64, 1, 65_536) << 20,
            engine.duration(
                "idlePages", Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofDays(1)),
            hot(engine.section("hotTier")),
            engine.duration("drain", Duration.ofSeconds(2), Duration.ZERO, Duration.ofMinutes(10)),
            tls(engine.section("tls")),
            (int) engine.integer("accessLogEvery", 0, 0, 1_000_000_000),
            traces(engine),
            limits(engine.section("limits")));
    engine.done();
    return config;
  }

  private static @Nullable String cursorKey(Section engine) {
    String key = engine.textOrNull("cursorKey");
    if (key != null && key.getBytes(StandardCharsets.UTF_8).length < KEY_BYTES) {
      throw engine.refuse("cursorKey", "at least " + KEY_BYTES + " bytes");
    }
    return key;
  }

  private static Hot hot(Section section) {
    Hot hot =
        new Hot(
            Path.of(section.text("dir", "data/engine")),
            section.integer("entries", 100_000, 1_000, 100_000_000),
            (int) section.integer("averageBytes", 2_048, 64, 1 << 20));
    section.done();
    return hot;
  }

  private static @Nullable String traces(Section engine) {
    String address = engine.textOrNull("traces");
    if (address != null && !address.matches("https?://[^/]+/.*")) {
      throw engine.refuse("traces", "the address of a collector: http://127.0.0.1:4318/v1/traces");
    }
    return address;
  }

  private static @Nullable Tls tls(Section section) {
    String certificate = section.textOrNull("certificate");
    String key = section.textOrNull("key");
    section.done();
    if (certificate == null && key == null) {
      return null;
    } else if (certificate == null || key == null) {
      throw section.refuse(
          certificate == null ? "certificate" : "key", "a PEM file: both or none of the two");
    }
    return new Tls(Path.of(certificate), Path.of(key));
  }

  private static Limits limits(Section section) {
    Limits limits =
        new Limits(
            (int) section.integer("loads", 256, 1, 100_000),
            (int) section.integer("loadsPerAddress", 0, 0, 100_000),
            (int) section.integer("connections", 20_000, 1, 1_000_000),
            (int) section.integer("connectionsPerAddress", 0, 0, 1_000_000),
            (int) section.integer("changesClients", 1_000, 1, 1_000_000),
            (int) section.integer("changesPerAddress", 0, 0, 1_000_000),
            section.duration(
                "idleConnection",
                Duration.ofSeconds(75),
                Duration.ofSeconds(20),
                Duration.ofHours(1)),
            section.duration(
                "slowClient", Duration.ofSeconds(10), Duration.ofSeconds(1), Duration.ofHours(1)),
            (int) section.integer("requestLineBytes", 4_096, 256, 65_536),
            (int) section.integer("headerBytes", 16_384, 1_024, 262_144));
    section.done();
    return limits;
  }
}
