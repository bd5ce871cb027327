package io.podium.read;

/** The engine cannot start: says what is wrong and what to do, in one line. */
public final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  StartException(String message, Throwable cause) {
    super(message, cause);
  }
}
