package io.podium.ranking.run;

import io.podium.config.Section;
import io.podium.ranking.core.CoreLimits;
import io.podium.ranking.stream.EventLog;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code updater}; {@code reference-updater.yaml} tells what each key means.
 *
 * @param name of this updater among all that share the stores
 * @param adminTokens secret by name, the author of what is done with it; empty: everything but
 *     health and metrics is refused
 * @param keys secret by name
 * @param rateLimit events per second and key; 0: none
 * @param evidence whether evidence is kept with epochs
 * @param traces address of an OTLP/HTTP collector; null: none
 * @param archives other updaters' archive folders, to read only
 */
public record UpdaterConfig(
    String name,
    Http http,
    Map<String, String> adminTokens,
    Map<String, String> keys,
    long rateLimit,
    Path dataDir,
    List<Path> archives,
    Duration checkpointEvery,
    Duration leaseTtl,
    int batch,
    long maxBacklog,
    EventLog.Retention streams,
    Duration mongoEvery,
    Duration historyKeep,
    boolean evidence,
    long archiveFileBytes,
    Duration archiveKeep,
    @Nullable String traces,
    CoreLimits limits) {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration DAYS_30 = Duration.ofDays(30);

  /** Where it listens. */
  public record Http(String host, int port, String adminHost, int adminPort) {}

  public UpdaterConfig {
    adminTokens = Map.copyOf(adminTokens);
    keys = Map.copyOf(keys);
    archives = List.copyOf(archives);
  }

  /**
   * @throws io.podium.config.ConfigException for a value that is not allowed or an unknown key
   */
  public static UpdaterConfig from(Section s) {
    Path dataDir = Path.of(s.text("dataDir", "data/updater"));
    UpdaterConfig config =
        new UpdaterConfig(
            name(s),
            http(s),
            adminTokens(s),
            keys(s.section("keys")),
            s.integer("rateLimit", 0, 0, 100_000_000),
            dataDir,
            s.texts("archives", List.of()).stream().map(Path::of).toList(),
            s.duration("checkpointEvery", Duration.ofSeconds(10), SECOND, Duration.ofHours(1)),
            s.duration("leaseTtl", Duration.ofMillis(1_500), SECOND, Duration.ofMinutes(1)),
            (int) s.integer("batch", 2_000, 1, 100_000),
            maxBacklog(s),
            streams(s),
            s.duration("mongoEvery", Duration.ofSeconds(5), Duration.ZERO, Duration.ofHours(1)),
            s.duration("historyKeep", Duration.ofDays(7), SECOND, Duration.ofDays(3650)),
            s.flag("evidence", true),
            s.integer("archiveFileBytes", 64L << 20, 1 << 10, 4L << 30),
            s.duration("archiveKeep", Duration.ofDays(90), SECOND, Duration.ofDays(36500)),
            traces(s),
            limits(s));
    s.done();
    return config;
  }

  private static String name(Section s) {
    String name = s.text("name", hostName());
    if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
      throw s.refuse("name", "1 to 64 letters, digits, dots, dashes or underscores");
    }
    return name;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "updater";
    }
  }

  /** Young entries stay while they fill no more than a quarter of the room. */
  private static EventLog.Retention streams(Section s) {
    return new EventLog.Retention(
        s.duration("forgetUpdaterAfter", Duration.ofMinutes(10), SECOND.multipliedBy(10), DAYS_30),
        s.duration("streamKeep", Duration.ofHours(1), Duration.ZERO, DAYS_30),
        maxBacklog(s) / 4);
  }

  private static long maxBacklog(Section s) {
    return s.integer("maxBacklog", 2_000_000, 1, 1_000_000_000);
  }

  private static Http http(Section s) {
    return new Http(
        s.text("host", "0.0.0.0"),
        (int) s.integer("port", 8081, 0, 65_535),
        s.text("adminHost", "127.0.0.1"),
        (int) s.integer("adminPort", 9081, 0, 65_535));
  }

  private static @Nullable String traces(Section s) {
    String address = s.textOrNull("traces");
    if (address != null && !address.matches("https?://[^/]+/.*")) {
      throw s.refuse("traces", "the address of a collector: http://127.0.0.1:4318/v1/traces");
    }
    return address;
  }

  private static Map<String, String> adminTokens(Section s) {
    Map<String, String> tokens = new LinkedHashMap<>(keys(s.section("adminTokens")));
    String one = s.text("adminToken", "");
    if (!one.isEmpty()) {
      tokens.put("admin", one);
    }
    return tokens;
  }

  private static Map<String, String> keys(Section s) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String name : s.keys()) {
      String secret = s.text(name, "");
      if (secret.isEmpty()) {
        throw s.refuse(name, "a secret that is not empty");
      }
      keys.put(name, secret);
    }
    s.done();
    return keys;
  }

  private static CoreLimits limits(Section s) {
    CoreLimits d = CoreLimits.DEFAULT;
    Section m = s.section("memory");
    CoreLimits limits =
        new CoreLimits(
            s.duration("maxAhead", d.maxAhead(), Duration.ZERO, Duration.ofDays(1)),
            true,
            (int) m.integer("products", d.products(), 1, 1 << 30),
            (int) m.integer("profiles", d.profiles(), 1, 1 << 30),
            (int) m.integer("series", d.series(), 1, 1 << 30),
            m.integer("counters", d.counters(), 1, 1L << 40),
            m.integer("orderBytes", d.orderBytes(), 1 << 16, 1L << 40),
            m.integer("orders", d.orders(), 1, 1L << 40),
            m.integer("remembered", d.remembered(), 1, 1L << 40),
            (int) m.integer("cappedLines", d.cappedLines(), 1, 1 << 30),
            (int) m.integer("waiting", d.waiting(), 1, 1 << 30));
    m.done();
    return limits;
  }

  /** This updater's own archive folder, then the others'. */
  public List<Path> archiveDirs() {
    List<Path> dirs = new ArrayList<>();
    dirs.add(archiveDir());
    dirs.addAll(archives);
    return dirs;
  }

  /** This updater's own archive folder. */
  public Path archiveDir() {
    return dataDir.resolve("archive");
  }
}
