package io.podium.store.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A Lua script of this package, sent by its hash, and whole when the server does not know it. */
final class RedisScript {
  private final String text;
  private final String sha;

  private RedisScript(String text) {
    this.text = text;
    this.sha = sha1(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Resources of this package, one after the other. */
  static RedisScript of(String... names) {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append(resource(name)).append('\n');
    }
    return new RedisScript(text.toString());
  }

  <T> CompletableFuture<T> run(
      RedisClusterAsyncCommands<String, byte[]> redis,
      ScriptOutputType type,
      String[] keys,
      byte[]... arguments) {
    CompletableFuture<T> first = redis.<T>evalsha(sha, type, keys, arguments).toCompletableFuture();
    return first.exceptionallyCompose(
        failure ->
            cause(failure) instanceof RedisNoScriptException
                ? redis.<T>eval(text, type, keys, arguments).toCompletableFuture()
                : CompletableFuture.failedFuture(failure));
  }

  static byte[] bytes(long number) {
    return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  static String sha1(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-1", e);
    }
  }

  private static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private static String resource(String name) {
    try (InputStream in = RedisScript.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
