package io.podium.store.redis;

import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import io.podium.config.StoresConfig.RedisLimits;
import io.podium.store.Batches;
import io.podium.store.Check;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The way to one Redis: a server ({@code redis://}), the one that Sentinel names ({@code
 * redis-sentinel://}) or a cluster ({@code redis-cluster://}), each with TLS as {@code rediss…}.
 * One connection for short commands, one for those that wait on the server, and where reads may
 * come from replicas one for those. Opening does no I/O; the first call connects. Every call has a
 * deadline, fails fast while Redis is away, and is sent at most once. Failures are {@link
 * io.podium.store.StoreException}. Safe from any thread.
 */
public final class RedisLink implements AutoCloseable {
  private final String name;
  private final RedisLimits limits;
  private final RedisBytes bytes = new RedisBytes();
  private final ClientResources resources;
  private final RedisDriver driver;
  private final RedisLane commands;
  private final RedisLane reads;
  private final RedisLane blocking;

  private RedisLink(String name, String uri, RedisLimits limits) {
    this.name = name;
    this.limits = limits;
    this.resources =
        ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .nettyCustomizer(bytes)
            .reconnectDelay(
                Delay.fullJitter(
                    Duration.ofMillis(1), limits.reconnect(), 20, TimeUnit.MILLISECONDS))
            .build();
    this.driver =
        ClusterDriver.isFor(uri)
            ? new ClusterDriver(uri, limits, resources)
            : new ServerDriver(uri, limits, resources);
    this.commands = lane(driver::open);
    this.reads = driver.readsApart() ? lane(driver::openForReads) : commands;
    this.blocking = lane(driver::open);
  }

  private RedisLane lane(RedisLane.Opener opener) {
    return new RedisLane(driver, opener, resources.eventExecutorGroup(), limits);
  }

  /**
   * @param name the role, for messages: {@code redis-cache}
   */
  public static RedisLink open(String name, String uri, RedisLimits limits) {
    return new RedisLink(name, uri, limits);
  }

  public RedisLimits limits() {
    return limits;
  }

  public boolean isConnected() {
    return commands.isConnected();
  }

  /** Bytes received from Redis since the start, all connections, as they are on the wire. */
  public long bytesReceived() {
    return bytes.received();
  }

  /** A reading command, within {@link RedisLimits#read}; never from a replica. */
  public <T> CompletableFuture<T> read(
      Function<RedisClusterAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> call) {
    return commands.call(limits.read(), call);
  }

  /**
   * As {@link #read}, from a replica where the configuration says so: for what carries a version
   * that is checked later, for the answer may be a little old.
   */
  public <T> CompletableFuture<T> readAnywhere(
      Function<RedisClusterAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> call) {
    return reads.call(limits.read(), call);
  }

  /** A writing command or a script, within {@link RedisLimits#write}. */
  public <T> CompletableFuture<T> write(
      Function<RedisClusterAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> call) {
    return commands.call(limits.write(), call);
  }

  /**
   * A command that waits on the server for up to {@code wait}; such calls queue behind each other.
   */
  public <T> CompletableFuture<T> blocking(
      Duration wait,
      Function<RedisClusterAsyncCommands<String, byte[]>, ? extends CompletionStage<T>> call) {
    return blocking.call(wait.plus(limits.write()), call);
  }

  /**
   * Which processes hold the data: another answer than before means that something may be lost that
   * was not on disk.
   */
  public CompletableFuture<String> incarnation() {
    return write(
        redis ->
            redis instanceof RedisAdvancedClusterAsyncCommands<String, byte[]> cluster
                ? Batches.together(
                        List.of(
                            cluster.nodes(RedisLink::holds).commands().info("server").futures()))
                    .thenApply(RedisLink::runIds)
                : redis.info("server").thenApply(info -> runIds(List.of(info))));
  }

  /** A primary that was replaced has no slots any more. */
  private static boolean holds(RedisClusterNode node) {
    return !node.getSlots().isEmpty();
  }

  private static String runIds(List<String> infos) {
    return infos.stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith("run_id:"))
        .map(line -> line.substring("run_id:".length()).trim())
        .sorted()
        .collect(Collectors.joining(","));
  }

  /** Asks the server; never fails. */
  public CompletableFuture<Check> check() {
    return write(RedisClusterAsyncCommands::ping)
        .handle(
            (pong, failure) ->
                failure == null
                    ? new Check(name, true, "answers")
                    : new Check(name, false, RedisFailures.text(failure)));
  }

  @Override
  public void close() {
    commands.close();
    reads.close();
    blocking.close();
    var unused = driver.shutdown().thenRun(this::endThreads);
  }

  private void endThreads() {
    var unused = resources.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
