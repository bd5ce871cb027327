package io.podium.backends;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A server on loopback whose port and data outlive its process. */
public abstract class BackendProcess implements AutoCloseable {
  /** A log of a million events takes seconds to load. */
  private static final Duration LOADING = Duration.ofSeconds(60);

  private final String name;
  private final int port;
  private final Duration patience;
  private @Nullable ChildProcess process;

  /**
   * @param patience with the first start
   */
  BackendProcess(String name, int port, Duration patience) {
    this.name = name + " on port " + port;
    this.port = port;
    this.patience = patience;
  }

  /** One start, without waiting. */
  abstract ChildProcess begin();

  /** Whether it answers as it should; false on any failure. */
  abstract boolean answers();

  /** Starts it; starters call this once. */
  final void launch() {
    process = Readiness.start(name, this::begin, this::answers, patience);
  }

  public final int port() {
    return port;
  }

  public final ChildProcess process() {
    return Objects.requireNonNull(process, "not launched");
  }

  /** {@code kill -9}. */
  public final void kill() {
    process().kill();
  }

  public final void freeze() {
    process().freeze();
  }

  public final void thaw() {
    process().thaw();
  }

  /** Starts it again on the same port and data; kills it before when it still runs. */
  public final void restart() {
    process().kill();
    process = Readiness.start(name, this::begin, this::answers, LOADING);
  }

  @Override
  public void close() {
    if (process().isAlive()) {
      process().thaw();
    }
    process().close();
  }

  static void create(Path dir) {
    try {
      Files.createDirectories(dir);
    } catch (IOException e) {
      throw new BackendException(dir + " cannot be created: " + e.getMessage(), e);
    }
  }
}
