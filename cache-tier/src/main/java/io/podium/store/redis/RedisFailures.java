package io.podium.store.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.podium.store.StoreException;
import io.podium.store.StoreException.Kind;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/** What the driver throws, in the words of the store contract. */
final class RedisFailures {
  /** Error codes of a server that is there but cannot serve now. */
  private static final Set<String> AWAY =
      Set.of(
          "LOADING",
          "READONLY",
          "MASTERDOWN",
          "CLUSTERDOWN",
          "TRYAGAIN",
          "BUSY",
          "UNKILLABLE",
          "MISCONF",
          "NOREPLICAS");

  private RedisFailures() {}

  static StoreException of(Throwable failure) {
    Throwable cause = root(failure);
    if (cause instanceof StoreException known) {
      return known;
    }
    String text = text(cause);
    return new StoreException(kind(cause, text), "redis: " + text, cause);
  }

  /** Whether a write met a replica. */
  static boolean isReplica(StoreException failure) {
    return failure.kind() == Kind.AWAY
        && failure.getCause() instanceof RedisCommandExecutionException cause
        && text(cause).startsWith("READONLY");
  }

  static String text(Throwable failure) {
    Throwable cause = root(failure);
    if (cause instanceof TimeoutException) {
      return "no answer in time";
    }
    String message = cause.getMessage();
    String line = message == null ? cause.getClass().getSimpleName() : message;
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }

  private static Kind kind(Throwable cause, String text) {
    if (cause instanceof TimeoutException || cause instanceof RedisCommandTimeoutException) {
      return Kind.TIMEOUT;
    }
    if (cause instanceof RedisCommandExecutionException) {
      String code = text.split(" ", 2)[0];
      if (code.equals("WRONGTYPE")) {
        return Kind.CORRUPT;
      }
      return AWAY.contains(code) ? Kind.AWAY : Kind.REFUSED;
    }
    if (text.startsWith("Request queue size exceeded")) {
      return Kind.BUSY;
    }
    boolean gone =
        cause instanceof RedisException
            || cause instanceof CancellationException
            || cause instanceof IOException;
    return gone ? Kind.AWAY : Kind.REFUSED;
  }

  private static Throwable root(Throwable failure) {
    Throwable at = failure;
    while (at instanceof CompletionException && at.getCause() != null) {
      at = at.getCause();
    }
    return at;
  }
}
