package io.podium.store;

import org.jspecify.annotations.Nullable;

/**
 * A store is away, too slow, refuses, or holds something unreadable. Without a stack trace where
 * the store is in trouble: then there are as many as calls, and where the call was made tells
 * nothing.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public enum Kind {
    /** Not connected, breaker open, or connection lost. */
    AWAY,
    /** The deadline passed. */
    TIMEOUT,
    /** Too many calls in flight. */
    BUSY,
    /** Bytes that fail their checksum or are of an unknown version. */
    CORRUPT,
    /** The store answered with an error. */
    REFUSED
  }

  private final Kind kind;

  public StoreException(Kind kind, String message, @Nullable Throwable cause) {
    super(message, cause, true, kind == Kind.CORRUPT || kind == Kind.REFUSED);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }
}
