package io.podium.read.refresh;

import io.podium.store.StoreException;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Failures of asynchronous reads, unwrapped. */
public final class Failures {
  private Failures() {}

  public static Throwable cause(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  static RuntimeException as(@Nullable Throwable failure) {
    Throwable cause = failure == null ? null : cause(failure);
    return cause instanceof RuntimeException e
        ? e
        : new StoreException(StoreException.Kind.AWAY, "no store answered", cause);
  }

  /** Whether it was shed, or refused for a bound, rather than tried. */
  public static boolean isBusy(Throwable failure) {
    return cause(failure) instanceof StoreException e && e.kind() == StoreException.Kind.BUSY;
  }

  /** One word for headers and metrics. */
  static String word(Throwable failure) {
    return cause(failure) instanceof StoreException e
        ? e.kind().name().toLowerCase(Locale.ROOT)
        : "failed";
  }
}
