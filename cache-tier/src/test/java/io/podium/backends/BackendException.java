package io.podium.backends;

import org.jspecify.annotations.Nullable;

/** A backend process could not be started or controlled; the message names the remedy. */
public final class BackendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BackendException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
