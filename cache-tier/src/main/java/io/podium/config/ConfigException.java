package io.podium.config;

/** A setting that cannot be accepted: names key, value and what is allowed, in one line. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }
}
