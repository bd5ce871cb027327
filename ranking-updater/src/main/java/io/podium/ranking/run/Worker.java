package io.podium.ranking.run;

import io.podium.store.StoreException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that repeats one step until it is closed, and backs off while the step fails. A failure
 * never ends it: it is logged (at most once in ten seconds) and shown by {@link #trouble}. An
 * {@link Error} ends the whole process.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final int EXIT = 70;
  private static final long FIRST_BACK_OFF_MS = 50;
  private static final long LAST_BACK_OFF_MS = 1_000;

  /** One round; its answer is how long to pause before the next. */
  @FunctionalInterface
  public interface Step {
    Duration run() throws Exception;
  }

  private final Step step;
  private final Thread thread;
  private final Complaints complaints;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition woken = lock.newCondition();
  private boolean wake;
  private volatile boolean closing;
  private volatile String trouble = "";

  public Worker(String name, Step step) {
    this.step = step;
    this.thread = new Thread(this::run, name);
    this.complaints = new Complaints(LOG);
  }

  public void start() {
    thread.start();
  }

  /** Ends the present pause, or the next one, unless it is one after a failure. */
  public void wake() {
    lock.lock();
    try {
      wake = true;
      woken.signal();
    } finally {
      lock.unlock();
    }
  }

  public String name() {
    return thread.getName();
  }

  /** Why the last round failed; empty when it did not. */
  public String trouble() {
    return trouble;
  }

  private void run() {
    long backOff = FIRST_BACK_OFF_MS;
    while (!closing) {
      long pause;
      boolean failed = false;
      try {
        pause = step.run().toMillis();
        backOff = FIRST_BACK_OFF_MS;
        trouble = "";
      } catch (InterruptedException e) {
        return;
      } catch (Error e) {
        end(e);
        return;
      } catch (Exception e) {
        tell(e);
        failed = true;
        pause = backOff;
        backOff = Math.min(LAST_BACK_OFF_MS, backOff * 2);
      }
      pause(pause, failed);
    }
  }

  /**
   * Without one of its threads (no memory, say) a process would live on half dead, perhaps with the
   * lease. It ends as by a kill, which loses nothing, and another updater takes over.
   */
  private void end(Error e) {
    try {
      LOG.error("{} failed for good: this process ends; start it again", thread.getName(), e);
    } finally {
      Runtime.getRuntime().halt(EXIT);
    }
  }

  private void tell(Exception e) {
    if (closing) {
      return;
    }
    trouble = String.valueOf(e.getMessage());
    if (e instanceof StoreException) {
      complaints.warn(thread.getName(), thread.getName() + ": " + trouble + "; trying again");
    } else {
      complaints.error(thread.getName(), thread.getName() + " failed; trying again", e);
    }
  }

  private void pause(long millis, boolean failed) {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(millis);
      while ((failed || !wake) && !closing && left > 0) {
        left = woken.awaitNanos(left);
      }
      wake = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the present round end, at most five seconds. */
  @Override
  public void close() {
    closing = true;
    wake();
    if (!thread.isAlive() || thread == Thread.currentThread()) {
      return;
    }
    try {
      thread.join(5_000);
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(1_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
