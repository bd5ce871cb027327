package io.podium.demo;

/** The demo cannot run: what is wrong and the remedy, in one line. */
public final class DemoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DemoException(String message) {
    super(message);
  }
}
