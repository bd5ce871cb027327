package io.podium.chaos.harness;

import io.podium.backends.ChildProcess;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * One process of a {@link Stack}: it stays dead until it is started again. Safe from any thread.
 */
public final class Member implements AutoCloseable {
  private final String name;
  private final Supplier<ChildProcess> process;
  private final Runnable restart;

  Member(String name, Supplier<ChildProcess> process, Runnable restart) {
    this.name = name;
    this.process = process;
    this.restart = restart;
  }

  public String name() {
    return name;
  }

  public long pid() {
    return process.get().pid();
  }

  public boolean isAlive() {
    return process.get().isAlive();
  }

  /** {@code kill -9}, and waits until it is gone. */
  public synchronized void kill() {
    process.get().kill();
  }

  /** SIGTERM, as a deployment stops it, and waits until it is gone. */
  public synchronized void stop(Duration patience) {
    process.get().terminate(patience);
  }

  /** {@code SIGSTOP}: it holds its connections and does nothing. */
  public synchronized void freeze() {
    process.get().freeze();
  }

  /** {@code SIGCONT}: it goes on as if no time had passed. */
  public synchronized void thaw() {
    process.get().thaw();
  }

  /** On the same port and data; returns when a store answers, or when a JVM was launched. */
  public synchronized void start() {
    if (!isAlive()) {
      restart.run();
    }
  }

  /** Its last words, for messages. */
  public String lastOutput() {
    return process.get().lastOutput();
  }

  @Override
  public synchronized void close() {
    if (isAlive()) {
      // A process that is stopped takes no SIGTERM.
      process.get().thaw();
    }
    process.get().close();
  }
}
