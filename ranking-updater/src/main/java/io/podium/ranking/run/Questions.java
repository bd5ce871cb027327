package io.podium.ranking.run;

import io.podium.ranking.admin.CoreQuestions;
import io.podium.ranking.core.RankingCore;
import io.podium.store.StoreException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Few questions at a time, answered between two rounds of the loop, within a part of its time. */
public final class Questions implements CoreQuestions {
  private static final int WAITING = 64;
  private static final long ROUND_NANOS = 5_000_000;
  private static final long DEADLINE_MS = 3_000;

  private final BlockingQueue<Asked<?>> asked = new ArrayBlockingQueue<>(WAITING);

  private record Asked<T>(Function<RankingCore, T> question, CompletableFuture<T> answer) {
    void put(RankingCore core) {
      if (answer.isDone()) {
        return;
      }
      try {
        answer.complete(question.apply(core));
      } catch (RuntimeException e) {
        answer.completeExceptionally(e);
      }
    }
  }

  @Override
  public <T> CompletableFuture<T> ask(Function<RankingCore, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (!asked.offer(new Asked<>(question, answer))) {
      return CompletableFuture.failedFuture(
          new StoreException(StoreException.Kind.BUSY, "too many questions at once", null));
    }
    return answer.orTimeout(DEADLINE_MS, TimeUnit.MILLISECONDS);
  }

  /** On the loop's thread. A question may take longer than the rest of the round: one at least. */
  void answer(RankingCore core) {
    long end = System.nanoTime() + ROUND_NANOS;
    @Nullable Asked<?> next = asked.poll();
    while (next != null) {
      next.put(core);
      next = System.nanoTime() < end ? asked.poll() : null;
    }
  }
}
