package io.podium.store.redis;

import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.masterreplica.MasterReplica;
import io.lettuce.core.resource.ClientResources;
import io.podium.config.StoresConfig.RedisLimits;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * One server, or the one that Sentinel names, asked anew with each connection. Replicas are found
 * by asking the primary or Sentinel.
 */
final class ServerDriver implements RedisDriver {
  private final RedisURI uri;
  private final boolean readsApart;
  private final RedisClient client;
  private final RedisClient readers;

  ServerDriver(String uri, RedisLimits limits, ClientResources resources) {
    this.uri = RedisURI.create(uri);
    this.uri.setTimeout(limits.connect());
    this.readsApart = limits.fromReplicas();
    this.client = RedisClient.create(resources, this.uri);
    // The lane reconnects: the driver would send again what it does not know the outcome of.
    client.setOptions(RedisOptions.of(limits).autoReconnect(false).build());
    this.readers = RedisClient.create(resources, this.uri);
    readers.setOptions(RedisOptions.reconnecting(limits));
  }

  @Override
  public CompletionStage<Opened> open() {
    return client.connectAsync(CODEC, uri).thenApply(c -> new Opened(c, c.async()));
  }

  @Override
  public CompletionStage<Opened> openForReads() {
    return MasterReplica.connectAsync(readers, CODEC, uri)
        .thenApply(
            c -> {
              c.setReadFrom(ReadFrom.REPLICA_PREFERRED);
              return new Opened(c, c.async());
            });
  }

  @Override
  public boolean readsApart() {
    return readsApart;
  }

  @Override
  public boolean isOneServer() {
    return true;
  }

  @Override
  public String address() {
    return uri.getHost() == null ? "sentinel" : uri.getHost() + ":" + uri.getPort();
  }

  @Override
  public CompletableFuture<Void> shutdown() {
    return CompletableFuture.allOf(
        client.shutdownAsync(0, 1, TimeUnit.SECONDS),
        readers.shutdownAsync(0, 1, TimeUnit.SECONDS));
  }
}
