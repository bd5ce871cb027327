package io.podium.demo;

import io.podium.backends.BackendException;
import io.podium.backends.ChildProcess;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One watched process: when it ends before it is told to, it is started again. */
final class Member implements AutoCloseable {
  private static final Duration SHORT_LIFE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final String name;
  private final Supplier<ChildProcess> process;
  private final Runnable restart;
  private final Consumer<String> news;
  private final AtomicInteger restarts = new AtomicInteger();
  private volatile boolean stopping;

  Member(String name, Supplier<ChildProcess> process, Runnable restart, Consumer<String> news) {
    this.name = name;
    this.process = process;
    this.restart = restart;
    this.news = news;
  }

  void watch() {
    Thread thread = new Thread(this::run, "watch-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    Duration pause = Duration.ofMillis(100);
    while (!stopping) {
      long started = System.nanoTime();
      int status = process.get().onExit().join();
      if (stopping) {
        return;
      }
      boolean shortLife = System.nanoTime() - started < SHORT_LIFE.toNanos();
      pause = shortLife ? shorter(pause.multipliedBy(2)) : Duration.ofMillis(100);
      LockSupport.parkNanos(pause.toNanos());
      startAgain(status);
    }
  }

  /** Not while it is being stopped: what is started then would stay. */
  private synchronized void startAgain(int status) {
    if (stopping) {
      return;
    }
    restarts.incrementAndGet();
    try {
      restart.run();
      news.accept(name + " ended with status " + status + "; started again");
    } catch (BackendException e) {
      news.accept(name + " cannot be started again: " + e.getMessage());
    }
  }

  private static Duration shorter(Duration pause) {
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  String name() {
    return name;
  }

  boolean isAlive() {
    return process.get().isAlive();
  }

  long pid() {
    return process.get().pid();
  }

  int restarts() {
    return restarts.get();
  }

  void kill() {
    process.get().kill();
  }

  void freeze() {
    if (isAlive()) {
      process.get().freeze();
    }
  }

  void thaw() {
    if (isAlive()) {
      process.get().thaw();
    }
  }

  String lastOutput() {
    return process.get().lastOutput();
  }

  @Override
  public void close() {
    stopping = true;
    synchronized (this) {
      // One that is stopped takes no SIGTERM.
      thaw();
      process.get().close();
    }
  }
}
