package io.podium.chaos.harness;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Events of one plan on their way. Safe from any thread. */
public final class Posting {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final int events;
  private final int batch;
  private final List<Future<?>> running = new ArrayList<>();
  private int next;
  private boolean stopped;

  Posting(EventClient.Plan plan) {
    this.events = plan.events();
    this.batch = plan.batch();
  }

  synchronized void add(Future<?> part) {
    running.add(part);
  }

  /** First event of the next batch to be posted; -1 when there is none. */
  synchronized int take() {
    if (stopped || next >= events) {
      return -1;
    }
    int from = next;
    next = (int) Math.min(events, (long) next + batch);
    return from;
  }

  /** No further batch is begun; how many events were or are still being posted. */
  public synchronized int stop() {
    stopped = true;
    return next;
  }

  /**
   * Waits until every event of every batch that was begun is acknowledged.
   *
   * @throws TimeoutException when that does not come about
   */
  public void finish() throws InterruptedException, ExecutionException, TimeoutException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    List<Future<?>> all;
    synchronized (this) {
      all = List.copyOf(running);
    }
    for (Future<?> part : all) {
      try {
        part.get(until - System.nanoTime(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        throw new TimeoutException(
            "not within " + PATIENCE.toSeconds() + " s: every event that was posted acknowledged");
      }
    }
  }
}
