package io.podium.bench.read;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A bare Vert.x service that reads the page from Redis for every request and sends it. It is spared
 * what it would have to do as well: no JSON, no compression (the page lies there compressed), no
 * metrics, no limits, no ETag compared. Arguments: port, Redis, target, page, compressed page.
 */
final class EachTime {
  private static final String COMPRESSED = "gz:";

  private final RedisAsyncCommands<byte[], byte[]> redis;

  private EachTime(RedisAsyncCommands<byte[], byte[]> redis) {
    this.redis = redis;
  }

  public static void main(String[] args) throws IOException {
    RedisAsyncCommands<byte[], byte[]> redis =
        RedisClient.create(args[1]).connect(ByteArrayCodec.INSTANCE).async();
    redis.set(key(args[2]), Files.readAllBytes(Path.of(args[3]))).toCompletableFuture().join();
    redis
        .set(key(COMPRESSED + args[2]), Files.readAllBytes(Path.of(args[4])))
        .toCompletableFuture()
        .join();
    Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true))
        .createHttpServer(new HttpServerOptions().setHost("127.0.0.1"))
        .requestHandler(new EachTime(redis)::answer)
        .listen(Integer.parseInt(args[0]))
        .toCompletionStage()
        .toCompletableFuture()
        .join();
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void answer(HttpServerRequest request) {
    String accepts = request.getHeader("Accept-Encoding");
    boolean gzip = accepts != null && accepts.contains("gzip");
    HttpServerResponse response = request.response();
    var unused =
        redis
            .get(key(gzip ? COMPRESSED + request.uri() : request.uri()))
            .whenComplete((page, failure) -> send(response, gzip, failure == null ? page : null));
  }

  private static void send(
      HttpServerResponse response, boolean gzip, byte @org.jspecify.annotations.Nullable [] page) {
    if (page == null) {
      var unused = response.setStatusCode(503).end();
      return;
    }
    response.putHeader("content-type", "application/json; charset=utf-8");
    response.putHeader("cache-control", "public, max-age=1");
    response.putHeader("vary", "Accept-Encoding");
    if (gzip) {
      response.putHeader("content-encoding", "gzip");
    }
    var unused = response.end(Buffer.buffer(page));
  }
}
