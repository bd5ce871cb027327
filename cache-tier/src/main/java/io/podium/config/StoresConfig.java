package io.podium.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;

/**
 * Where the stores are, and how long they may take.
 *
 * @param events Redis URI of the events role (a log, append-only persistence)
 * @param cache Redis URI of the cache role (disposable)
 * @param mongo MongoDB URI
 * @param database MongoDB database that holds Podium's collections
 * @param redis limits of one Redis connection
 * @param mongoLimits limits of the MongoDB driver
 */
public record StoresConfig(
    String events,
    String cache,
    String mongo,
    String database,
    RedisLimits redis,
    MongoLimits mongoLimits) {

  /**
   * @param connect to open a connection, handshake included (PT0.5S: a black hole must not hold up
   *     the next attempt)
   * @param read for one reading command (PT0.05S: a page that waits longer is better served stale)
   * @param write for one writing command or script (PT0.5S: nobody waits for it on the read path)
   * @param reconnect longest pause between two attempts to reconnect (PT0.5S: fresh soon after)
   * @param queue commands in flight on one connection at most (4096: a slow store is refused
   *     quickly instead of filling the heap)
   */
  public record RedisLimits(
      Duration connect, Duration read, Duration write, Duration reconnect, int queue) {
    public static final RedisLimits DEFAULT =
        new RedisLimits(
            Duration.ofMillis(500),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            4096);

    /**
     * For a connection of its own on which no client of the shop waits (refreshing, publishing,
     * rebuilding): reads may take as long as writes, and never stand in the way of others' reads.
     */
    public RedisLimits patient() {
      return new RedisLimits(connect, write, write, reconnect, queue);
    }
  }

  /**
   * @param select to find a usable server (PT0.25S; the driver's own default is 30 s)
   * @param read for one reading operation, retries included (PT0.25S)
   * @param write for one writing operation, retries included (PT2S: Mongo follows behind)
   * @param connections per server at most (16: more queue up at a slow server and make it slower)
   */
  public record MongoLimits(Duration select, Duration read, Duration write, int connections) {
    public static final MongoLimits DEFAULT =
        new MongoLimits(Duration.ofMillis(250), Duration.ofMillis(250), Duration.ofSeconds(2), 16);

    /** For readers that no page waits for: a read may take as long as a write. */
    public MongoLimits patient() {
      return new MongoLimits(select, write, write, connections);
    }
  }

  private static final String EVENTS = "redis://127.0.0.1:6379";
  private static final String CACHE = "redis://127.0.0.1:6380";
  private static final String MONGO = "mongodb://127.0.0.1:27017/?directConnection=true";
  private static final Set<String> REDIS =
      Set.of("redis", "rediss", "redis-sentinel", "rediss-sentinel", "redis-socket");
  private static final Duration MIN = Duration.ofMillis(1);
  private static final Duration MAX = Duration.ofMinutes(1);

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
            redisUri(events, EVENTS),
            redisUri(cache, CACHE),
            mongoUri(mongo),
            database(mongo),
            redisLimits(stores.section("redis")),
            mongoLimits(mongo));
    events.done();
    cache.done();
    mongo.done();
    stores.done();
    return config;
  }

  private static String redisUri(Section section, String byDefault) {
    String uri = section.text("uri", byDefault);
    if (!REDIS.contains(scheme(uri))) {
      throw section.refuse("uri", "redis://host:port, rediss:// (TLS) or redis-sentinel://");
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
            (int) section.integer("queue", d.queue(), 16, 1 << 20));
    section.done();
    return limits;
  }

  private static MongoLimits mongoLimits(Section section) {
    MongoLimits d = MongoLimits.DEFAULT;
    return new MongoLimits(
        section.duration("selectTimeout", d.select(), MIN, MAX),
        section.duration("readTimeout", d.read(), MIN, MAX),
        section.duration("writeTimeout", d.write(), MIN, MAX),
        (int) section.integer("connections", d.connections(), 1, 1000));
  }
}
