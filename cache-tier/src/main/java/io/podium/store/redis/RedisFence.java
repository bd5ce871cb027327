package io.podium.store.redis;

import io.lettuce.core.ScriptOutputType;
import io.podium.store.Batches;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The fences of all parts. A publisher raises every one of them to its token before it publishes
 * anything, and every publication looks at the fence of its part in the script that writes: once
 * the new publisher has begun, the former one cannot write anywhere. Safe from any thread.
 */
final class RedisFence {
  private static final RedisScript RAISE = RedisScript.of("fence.lua", "raise.lua");
  private static final long FENCED = 2;

  private final RedisLink link;
  // Guarded by this.
  private long raised;
  private long raisingTo;
  private @Nullable CompletableFuture<Boolean> raising;

  RedisFence(RedisLink link) {
    this.link = link;
  }

  /** Whether all fences stand at this token, or at a lower one: then each script decides. */
  synchronized CompletableFuture<Boolean> raise(long token) {
    if (token <= raised) {
      return CompletableFuture.completedFuture(true);
    }
    CompletableFuture<Boolean> running = raising;
    if (running != null && raisingTo >= token) {
      return running;
    }
    CompletableFuture<Boolean> mine = new CompletableFuture<>();
    raising = mine;
    raisingTo = token;
    var unused =
        all(token)
            .whenComplete(
                (passes, failure) -> {
                  done(mine, token, failure == null && passes);
                  if (failure == null) {
                    mine.complete(passes);
                  } else {
                    mine.completeExceptionally(failure);
                  }
                });
    return mine;
  }

  private CompletableFuture<Boolean> all(long token) {
    List<CompletableFuture<Long>> calls =
        IntStream.range(0, RedisKeys.PARTS).mapToObj(part -> one(part, token)).toList();
    return Batches.together(calls)
        .thenApply(answers -> answers.stream().noneMatch(a -> a == FENCED));
  }

  private CompletableFuture<Long> one(int part, long token) {
    String[] keys = {RedisKeys.fence(part)};
    return link.write(
        redis -> RAISE.run(redis, ScriptOutputType.INTEGER, keys, RedisScript.bytes(token)));
  }

  private synchronized void done(CompletableFuture<Boolean> mine, long token, boolean stands) {
    if (raising == mine) {
      raising = null;
    }
    if (stands) {
      raised = Math.max(raised, token);
    }
  }

  /** A fence was not there any more: all are raised again before the next publication. */
  synchronized void lost() {
    raised = 0;
  }
}
