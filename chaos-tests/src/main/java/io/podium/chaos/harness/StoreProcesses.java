package io.podium.chaos.harness;

import io.podium.backends.FreePorts;
import io.podium.backends.MongoProcess;
import io.podium.backends.RedisCluster;
import io.podium.backends.RedisProcess;
import io.podium.backends.RedisSentinels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The stores of a stack: all are started at once, and answer when this is made. */
public final class StoreProcesses implements AutoCloseable {
  private final Path dir;
  private final RedisProcess events;
  private final MongoProcess mongo;
  private final @Nullable RedisProcess cache;
  private final @Nullable RedisSentinels sentinels;
  private final @Nullable RedisCluster cluster;

  StoreProcesses(Path dir, Layout.Cache kind) {
    this.dir = dir;
    // Before each acknowledgement, so that the events role loses nothing when it is killed.
    List<String> durable = List.of("--appendfsync", "always");
    var e =
        begin(
            () ->
                RedisProcess.start(
                    dir.resolve("redis-events"),
                    FreePorts.next(),
                    RedisProcess.Role.EVENTS,
                    durable));
    var m = begin(() -> MongoProcess.start(dir.resolve("mongo"), MongoProcess.Kind.FILE));
    Path home = dir.resolve("redis-cache");
    var one =
        begin(() -> RedisProcess.start(home, RedisProcess.Role.CACHE), kind == Layout.Cache.SERVER);
    var watched = begin(() -> RedisSentinels.start(home), kind == Layout.Cache.SENTINELS);
    var parted = begin(() -> RedisCluster.start(home), kind == Layout.Cache.CLUSTER);
    List<CompletableFuture<? extends @Nullable AutoCloseable>> all =
        List.of(e, m, one, watched, parted);
    try {
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException failure) {
      all.forEach(StoreProcesses::closeStarted);
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
    this.events = e.join();
    this.mongo = m.join();
    this.cache = one.join();
    this.sentinels = watched.join();
    this.cluster = parted.join();
  }

  private static <T> CompletableFuture<T> begin(Supplier<T> start) {
    return CompletableFuture.supplyAsync(start);
  }

  private static <T> CompletableFuture<@Nullable T> begin(Supplier<T> start, boolean wanted) {
    return wanted ? CompletableFuture.supplyAsync(start) : CompletableFuture.completedFuture(null);
  }

  private static void closeStarted(CompletableFuture<? extends @Nullable AutoCloseable> started) {
    var unused = started.thenAccept(StoreProcesses::close);
  }

  private static void close(@Nullable AutoCloseable process) {
    try {
      if (process != null) {
        process.close();
      }
    } catch (Exception e) {
      throw new IllegalStateException("a store does not end", e);
    }
  }

  public RedisProcess events() {
    return events;
  }

  /** The one server of the cache role. */
  public RedisProcess cache() {
    if (cache == null) {
      throw new IllegalStateException("the cache role has several servers here");
    }
    return cache;
  }

  public MongoProcess mongo() {
    return mongo;
  }

  /** All servers of the cache role, the first primary first. */
  public List<RedisProcess> cacheServers() {
    if (sentinels != null) {
      return sentinels.servers();
    }
    return cluster != null ? cluster.firstPrimaries() : List.of(cache());
  }

  /** Where clients reach the cache role when no link is between. */
  String cacheUri() {
    if (sentinels != null) {
      return sentinels.uri();
    }
    return cluster != null ? cluster.uri() : cache().uri();
  }

  /** Forgets everything the Mongo-protocol store held; it is not running. */
  public void wipeMongo() {
    try (var files = Files.newDirectoryStream(dir.resolve("mongo"), "mongo.mv.db*")) {
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    Closing.all(
        Stream.of(mongo, cluster, sentinels, cache, events).flatMap(Stream::ofNullable).toList());
  }
}
