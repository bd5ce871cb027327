package io.podium.ranking.stream;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A Lua script, sent by its digest, and in full when the server does not know it yet. */
record RedisScript(String text, String digest, ScriptOutputType answer) {
  static RedisScript of(ScriptOutputType answer, String text) {
    try {
      byte[] sha = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return new RedisScript(text, HexFormat.of().formatHex(sha), answer);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  <T> CompletionStage<T> run(
      RedisClusterAsyncCommands<String, byte[]> redis, String[] keys, byte[]... arguments) {
    CompletableFuture<T> byDigest =
        redis.<T>evalsha(digest, answer, keys, arguments).toCompletableFuture();
    return byDigest.exceptionallyCompose(
        e ->
            e instanceof RedisNoScriptException || e.getCause() instanceof RedisNoScriptException
                ? redis.<T>eval(text, answer, keys, arguments).toCompletableFuture()
                : CompletableFuture.failedFuture(e));
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] bytes(long number) {
    return bytes(Long.toString(number));
  }
}
