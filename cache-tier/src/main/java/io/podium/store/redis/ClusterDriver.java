package io.podium.store.redis;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.RedisClusterURIUtil;
import io.lettuce.core.resource.ClientResources;
import io.podium.config.StoresConfig.RedisLimits;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * A cluster. The driver keeps a connection to each node and reconnects them, without sending again
 * what was in flight; it looks at the topology every second, so that a shard is found again soon
 * after its replica took over.
 */
final class ClusterDriver implements RedisDriver {
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final List<RedisURI> seeds;
  private final boolean fromReplicas;
  private final RedisClusterClient client;

  /**
   * @param uri {@code redis-cluster://host:port,host:port}, or {@code rediss-cluster:}
   */
  ClusterDriver(String uri, RedisLimits limits, ClientResources resources) {
    this.seeds = RedisClusterURIUtil.toRedisURIs(URI.create(uri.replaceFirst("-cluster:", ":")));
    seeds.forEach(seed -> seed.setTimeout(limits.connect()));
    this.fromReplicas = limits.fromReplicas();
    this.client = RedisClusterClient.create(resources, seeds);
    ClusterTopologyRefreshOptions refresh =
        ClusterTopologyRefreshOptions.builder()
            .enablePeriodicRefresh(LOOK)
            .adaptiveRefreshTriggersTimeout(LOOK.dividedBy(2))
            .build();
    client.setOptions(
        ClusterClientOptions.builder(RedisOptions.reconnecting(limits))
            .topologyRefreshOptions(refresh)
            .build());
  }

  static boolean isFor(String uri) {
    return uri.startsWith("redis-cluster:") || uri.startsWith("rediss-cluster:");
  }

  @Override
  public CompletionStage<Opened> open() {
    return open(ReadFrom.UPSTREAM);
  }

  @Override
  public CompletionStage<Opened> openForReads() {
    return open(ReadFrom.REPLICA_PREFERRED);
  }

  /** The driver knows the nodes only after it was told to look. */
  private CompletionStage<Opened> open(ReadFrom readFrom) {
    return client
        .refreshPartitionsAsync()
        .thenCompose(looked -> client.connectAsync(CODEC))
        .thenApply(
            c -> {
              c.setReadFrom(readFrom);
              return new Opened(c, c.async());
            });
  }

  @Override
  public boolean readsApart() {
    return fromReplicas;
  }

  @Override
  public boolean isOneServer() {
    return false;
  }

  @Override
  public String address() {
    return "cluster of " + seeds.get(0).getHost() + ":" + seeds.get(0).getPort();
  }

  @Override
  public CompletableFuture<Void> shutdown() {
    return client.shutdownAsync(0, 1, TimeUnit.SECONDS);
  }
}
