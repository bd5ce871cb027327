package io.podium.store.redis;

import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** How connections are opened to one kind of set-up: one server, Sentinel's, a cluster's. */
interface RedisDriver {
  RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

  /** An open connection, with the commands that every set-up has. */
  record Opened(
      StatefulConnection<String, byte[]> connection,
      RedisClusterAsyncCommands<String, byte[]> commands) {}

  /** To the primary, or the primaries. */
  CompletionStage<Opened> open();

  /** For reads that may be a little old: to replicas where the configuration says so. */
  CompletionStage<Opened> openForReads();

  /** Whether reads have connections of their own. */
  boolean readsApart();

  /** Whether a connection is to one server, so that its silence means that all of it is dead. */
  boolean isOneServer();

  /** For messages. */
  String address();

  CompletableFuture<Void> shutdown();
}
