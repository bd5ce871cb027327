package io.podium.bench;

/** Something that was to be measured cannot be; the message is one line with the reason. */
public final class MeasurementException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public MeasurementException(String message) {
    super(message);
  }

  public MeasurementException(String message, Throwable cause) {
    super(message, cause);
  }
}
