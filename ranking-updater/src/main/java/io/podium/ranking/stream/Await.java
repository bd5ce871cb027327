package io.podium.ranking.stream;

import io.podium.store.StoreException;
import io.podium.store.StoreException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for a store on a thread that may wait. Never to be used on an event loop. */
public final class Await {
  private Await() {}

  /**
   * @throws StoreException as the stage failed, or TIMEOUT when it is not done within the deadline
   */
  public static <T> T on(CompletionStage<T> stage, Duration deadline) {
    try {
      return stage.toCompletableFuture().get(deadline.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new StoreException(Kind.TIMEOUT, "no answer within " + deadline, e);
    } catch (ExecutionException e) {
      throw failure(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.AWAY, "interrupted: the process is closing", e);
    }
  }

  public static StoreException failure(Throwable e) {
    Throwable cause = e;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof StoreException s
        ? s
        : new StoreException(Kind.REFUSED, String.valueOf(cause.getMessage()), cause);
  }
}
