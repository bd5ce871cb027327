package io.podium.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the stores are, and how long they may take.
 *
 * @param events Redis URI of the events role (a log, append-only persistence)
 * @param cache Redis URI of the cache role (disposable)
 * @param mongo MongoDB URI
 * @param database MongoDB database that holds Podium's collections
 * @param redis limits of one Redis connection
 * @param mongoLimits limits of the MongoDB driver
 * @param guards breakers and bulkheads of the read path
 */
public record StoresConfig(
    String events,
    String cache,
    String mongo,
    String database,
    RedisLimits redis,
    MongoLimits mongoLimits,
    GuardLimits guards) {

  public StoresConfig(
      String events,
      String cache,
      String mongo,
      String database,
      RedisLimits redis,
      MongoLimits mongoLimits) {
    this(events, cache, mongo, database, redis, mongoLimits, GuardLimits.DEFAULT);
  }

  /**
   * What stands between the read path and each store, once for each kind of call.
   *
   * @param calls in flight at most (512: more queue up at a slow store and make it slower); as many
   *     refreshes may wait for their turn
   * @param window last outcomes that are looked at (50: forgets a hiccup within a second of load)
   * @param age how long an outcome counts (PT5S: failures of a quiet hour ago say nothing)
   * @param minimum outcomes below which the breaker stays closed, and failures in a row that open
   *     it (5: one failure is no trend, five in a row are, whatever was good before)
   * @param failurePercent share of failed calls from which it opens (50)
   * @param slowPercent share of failed and slow calls from which it opens (80: a store that is slow
   *     for all is worse than one that is away)
   * @param slowAfterPercent share of its deadline from which a call is slow (50)
   * @param probeAfter pause before the next single call tries (PT0.5S: fresh soon after)
   */
  public record GuardLimits(
      int calls,
      int window,
      Duration age,
      int minimum,
      int failurePercent,
      int slowPercent,
      int slowAfterPercent,
      Duration probeAfter) {
    public static final GuardLimits DEFAULT =
        new GuardLimits(512, 50, Duration.ofSeconds(5), 5, 50, 80, 50, Duration.ofMillis(500));
  }

  /**
   * @param connect to open a connection, handshake included (PT0.5S: a black hole must not hold up
   *     the next attempt)
   * @param read for one reading command (PT0.05S: a page that waits longer is better served stale)
   * @param write for one writing command or script (PT0.5S: nobody waits for it on the read path)
   * @param reconnect longest pause between two attempts to reconnect (PT0.5S: fresh soon after)
   * @param queue commands in flight on one connection at most (4096: a slow store is refused
   *     quickly instead of filling the heap)
   * @param silence a connection to one server on which nothing but timeouts was seen for so long is
   *     dropped (PT1S: a black hole and a frozen server close no socket)
   * @param tcpUserTimeout bytes that the peer's TCP did not acknowledge for so long end a
   *     connection (PT2S; only where native epoll is there; the kernel's own default is some 15
   *     min)
   * @param fromReplicas listings are read from replicas while there are any (their version is
   *     checked again later); everything else from primaries
   * @param caFile PEM file of the authorities that TLS connections trust; empty: the JDK's
   */
  public record RedisLimits(
      Duration connect,
      Duration read,
      Duration write,
      Duration reconnect,
      int queue,
      Duration silence,
      Duration tcpUserTimeout,
      boolean fromReplicas,
      String caFile) {
    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final Duration TCP_USER_TIMEOUT = Duration.ofSeconds(2);

    public static final RedisLimits DEFAULT =
        new RedisLimits(
            Duration.ofMillis(500),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            4096);

    public RedisLimits(
        Duration connect, Duration read, Duration write, Duration reconnect, int queue) {
      this(connect, read, write, reconnect, queue, SILENCE, TCP_USER_TIMEOUT, false, "");
    }

    public RedisLimits withReplicas(boolean from) {
      return new RedisLimits(
          connect, read, write, reconnect, queue, silence, tcpUserTimeout, from, caFile);
    }

    public RedisLimits withCaFile(String file) {
      return new RedisLimits(
          connect, read, write, reconnect, queue, silence, tcpUserTimeout, fromReplicas, file);
    }

    /**
     * For a connection of its own on which no client of the shop waits (refreshing, publishing,
     * rebuilding): reads may take as long as writes, and never stand in the way of others' reads.
     */
    public RedisLimits patient() {
      return new RedisLimits(
          connect, write, write, reconnect, queue, silence, tcpUserTimeout, fromReplicas, caFile);
    }
  }

  /**
   * @param select to find a usable server (PT0.25S; the driver's own default is 30 s)
   * @param read for one reading operation, retries included (PT0.25S)
   * @param write for one writing operation, retries included (PT2S: Mongo follows behind)
   * @param connections per server at most (16: more queue up at a slow server and make it slower)
   * @param ready connections of these that are open before they are needed (0)
   * @param heartbeat between two looks of the driver at each server (PT1S: its return is seen soon
   *     after; the driver's own default is 10 s)
   * @param caFile PEM file of the authorities that TLS connections trust, as the bundle of Amazon
   *     DocumentDB; empty: the JDK's
   */
  public record MongoLimits(
      Duration select,
      Duration read,
      Duration write,
      int connections,
      int ready,
      Duration heartbeat,
      String caFile) {
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    public static final MongoLimits DEFAULT =
        new MongoLimits(Duration.ofMillis(250), Duration.ofMillis(250), Duration.ofSeconds(2), 16);

    public MongoLimits(Duration select, Duration read, Duration write, int connections) {
      this(select, read, write, connections, 0, HEARTBEAT, "");
    }

    public MongoLimits withCaFile(String file) {
      return new MongoLimits(select, read, write, connections, ready, heartbeat, file);
    }

    /** For a reader that turns to Mongo when there is no time to open connections. */
    public MongoLimits withReady(int connectionsReady) {
      return new MongoLimits(select, read, write, connections, connectionsReady, heartbeat, caFile);
    }

    /** For readers that no page waits for: a read may take as long as a write. */
    public MongoLimits patient() {
      return new MongoLimits(select, write, write, connections, ready, heartbeat, caFile);
    }
  }

  private static final String EVENTS = "redis://127.0.0.1:6379";
  private static final String CACHE = "redis://127.0.0.1:6380";
  private static final String MONGO = "mongodb://127.0.0.1:27017/?directConnection=true";
  private static final Set<String> REDIS =
      Set.of("redis", "rediss", "redis-sentinel", "rediss-sentinel", "redis-socket");
  private static final Set<String> CLUSTER = Set.of("redis-cluster", "rediss-cluster");
  private static final Duration MIN = Duration.ofMillis(1);
  private static final Duration MAX = Duration.ofMinutes(1);

  /** The driver refuses less. */
  private static final Duration LEAST_HEARTBEAT = Duration.ofMillis(500);

  /**
   * Reads the section {@code stores} of the root.
   *
   * @throws ConfigException for an unknown key or a value that is not allowed
   */
  public static StoresConfig from(Section root) {
    Section stores = root.section("stores");
    Section events = stores.section("events");
    Section cache = stores.section("cache");
    Section mongo = stores.section("mongo");
    StoresConfig config =
        new StoresConfig(
            redisUri(events, EVENTS, REDIS, "redis://, rediss:// (TLS) or redis-sentinel://"),
            redisUri(
                cache,
                CACHE,
                Stream.concat(REDIS.stream(), CLUSTER.stream()).collect(Collectors.toSet()),
                "redis://, rediss:// (TLS), redis-sentinel:// or redis-cluster://"),
            mongoUri(mongo),
            database(mongo),
            redisLimits(stores.section("redis")),
            mongoLimits(mongo),
            guardLimits(stores.section("guards")));
    events.done();
    cache.done();
    mongo.done();
    stores.done();
    return config;
  }

  private static String redisUri(
      Section section, String byDefault, Set<String> schemes, String allowed) {
    String uri = section.text("uri", byDefault);
    if (!schemes.contains(scheme(uri))) {
      throw section.refuse("uri", allowed);
    }
    return uri;
  }

  private static String mongoUri(Section section) {
    String uri = section.text("uri", MONGO);
    if (!uri.startsWith("mongodb://") && !uri.startsWith("mongodb+srv://")) {
      throw section.refuse("uri", "mongodb://host:port or mongodb+srv://host");
    }
    return uri;
  }

  private static String scheme(String uri) {
    int colon = uri.indexOf(':');
    try {
      // Several hosts (Sentinel) are no java.net.URI authority, but still parse as registry-based.
      return new URI(uri).getSchemeSpecificPart().length() > 2 ? uri.substring(0, colon) : "";
    } catch (URISyntaxException e) {
      return "";
    }
  }

  private static String database(Section section) {
    String name = section.text("database", "podium");
    if (!name.matches("[A-Za-z0-9_-]{1,38}")) {
      throw section.refuse("database", "1 to 38 letters, digits, _ or -");
    }
    return name;
  }

  private static RedisLimits redisLimits(Section section) {
    RedisLimits d = RedisLimits.DEFAULT;
    RedisLimits limits =
        new RedisLimits(
            section.duration("connectTimeout", d.connect(), MIN, MAX),
            section.duration("readTimeout", d.read(), MIN, MAX),
            section.duration("writeTimeout", d.write(), MIN, MAX),
            section.duration("reconnectWithin", d.reconnect(), MIN, MAX),
            (int) section.integer("queue", d.queue(), 16, 1 << 20),
            section.duration("silence", d.silence(), MIN, MAX),
            section.duration("tcpUserTimeout", d.tcpUserTimeout(), MIN, MAX),
            section.oneOf("readFrom", "primary", "primary", "replica").equals("replica"),
            file(section));
    section.done();
    return limits;
  }

  private static GuardLimits guardLimits(Section section) {
    GuardLimits d = GuardLimits.DEFAULT;
    GuardLimits limits =
        new GuardLimits(
            (int) section.integer("calls", d.calls(), 1, 100_000),
            (int) section.integer("window", d.window(), 1, 10_000),
            section.duration("age", d.age(), MIN, MAX),
            (int) section.integer("minimum", d.minimum(), 1, 10_000),
            (int) section.integer("failurePercent", d.failurePercent(), 1, 100),
            (int) section.integer("slowPercent", d.slowPercent(), 1, 100),
            (int) section.integer("slowAfterPercent", d.slowAfterPercent(), 1, 100),
            section.duration("probeAfter", d.probeAfter(), MIN, MAX));
    section.done();
    if (limits.minimum() > limits.window()) {
      throw section.refuse("minimum", "1 to window (" + limits.window() + ")");
    }
    return limits;
  }

  private static MongoLimits mongoLimits(Section section) {
    MongoLimits d = MongoLimits.DEFAULT;
    return new MongoLimits(
        section.duration("selectTimeout", d.select(), MIN, MAX),
        section.duration("readTimeout", d.read(), MIN, MAX),
        section.duration("writeTimeout", d.write(), MIN, MAX),
        (int) section.integer("connections", d.connections(), 1, 1000),
        d.ready(),
        section.duration("heartbeat", d.heartbeat(), LEAST_HEARTBEAT, MAX),
        file(section));
  }

  private static String file(Section section) {
    String file = section.text("caFile", "");
    if (!file.isEmpty() && !Files.isReadable(Path.of(file))) {
      throw section.refuse("caFile", "a readable PEM file, or nothing");
    }
    return file;
  }
}
