package io.podium.chaos.stores;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Readers of pages that are held, and at a fixed rate of some that are not. */
final class Load implements AutoCloseable {
  static final int WARM_PER_S = 1_000;
  private static final int COLD_PER_S = 100;

  private static final int MOST_COLD = 128;
  private static final int AT_ONCE = 8;

  private final EngineProcess engine;
  private final List<Thread> threads;
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final AtomicLong warmReads = new AtomicLong();
  private final AtomicInteger coldReads = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile ConcurrentHistogram latencies = histogram();
  private volatile boolean pausing;
  private final AtomicInteger pauses = new AtomicInteger();
  private volatile boolean closed;

  private Load(EngineProcess engine, Function<Load, List<Runnable>> readers) {
    this.engine = engine;
    this.threads = readers.apply(this).stream().map(r -> new Thread(r, "reader")).toList();
    threads.forEach(t -> t.setDaemon(true));
    threads.forEach(Thread::start);
  }

  /** At a fixed rate, of pages that are held and of some that are not. */
  static Load steady(EngineProcess engine) {
    return new Load(
        engine,
        load ->
            List.of(
                () -> load.atRate(WARM_PER_S, load.overOneConnection()),
                () -> load.atRate(COLD_PER_S, load::cold)));
  }

  /** Of pages that are held, as fast as they are answered. */
  static Load full(EngineProcess engine) {
    return new Load(engine, load -> Collections.nCopies(AT_ONCE, load::withoutPause));
  }

  private static ConcurrentHistogram histogram() {
    return new ConcurrentHistogram(TimeUnit.SECONDS.toMicros(60), 2);
  }

  private interface Request {
    void send(int i, long dueNanos);
  }

  /** From the intended moment, so that a stall counts for all who would have come in it. */
  private void atRate(int perSecond, Request request) {
    long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long due = System.nanoTime();
    for (int i = 0; !closed; i++) {
      // Parking ends early when the wait for an answer left a permit behind.
      while (due - System.nanoTime() > 0) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      if (!pausing) {
        request.send(i, due);
      }
      due += gap;
    }
  }

  private void withoutPause() {
    for (int i = 0; !closed; i++) {
      warm(i, System.nanoTime());
    }
  }

  /** Connects again when the engine went away, and after a pause. */
  private Request overOneConnection() {
    WarmReader[] reader = {null};
    int[] pausesBefore = {0};
    return (i, due) -> {
      try {
        if (reader[0] != null && pauses.get() != pausesBefore[0]) {
          reader[0].close();
          reader[0] = null;
        }
        if (reader[0] == null) {
          pausesBefore[0] = pauses.get();
          reader[0] = new WarmReader(engine.port());
        }
        String failure = reader[0].read(FaultyShop.warm(i));
        took(due);
        if (!failure.isEmpty()) {
          failed(failure);
        }
      } catch (IOException e) {
        if (reader[0] != null) {
          reader[0].close();
          reader[0] = null;
        }
        missed(e);
      }
      warmReads.incrementAndGet();
    };
  }

  private void took(long due) {
    latencies.recordValue(
        Math.min(TimeUnit.SECONDS.toMicros(59), (System.nanoTime() - due) / 1000));
  }

  private void missed(IOException failure) {
    if (!pausing && !closed) {
      failed(failure.toString());
    }
  }

  private void warm(int i, long due) {
    try {
      HttpResponse<String> answer = engine.get(FaultyShop.warm(i));
      took(due);
      if (answer.statusCode() != 200 || !answer.body().contains("\"rank\":20")) {
        failed(answer.statusCode() + " " + answer.headers().map());
      }
    } catch (IOException e) {
      missed(e);
    }
    warmReads.incrementAndGet();
  }

  private void failed(String how) {
    if (failures.size() < 20) {
      failures.add(how);
    }
  }

  /** Nobody waits for the one before: a slow store meets as many readers as a fast one. */
  private void cold(int i, long due) {
    if (inFlight.incrementAndGet() <= MOST_COLD) {
      var unused =
          engine
              .ask(FaultyShop.cold(coldReads.getAndIncrement()))
              .whenComplete((status, failure) -> inFlight.decrementAndGet());
    } else {
      inFlight.decrementAndGet();
    }
  }

  /** Stops for as long as the engine is not there. */
  void pause(boolean now) {
    if (now) {
      pauses.incrementAndGet();
    }
    pausing = now;
  }

  /** Latencies of the warm reads in microseconds since the last call. */
  Histogram takeLatencies() {
    ConcurrentHistogram taken = latencies;
    latencies = histogram();
    return taken;
  }

  /** Of warm reads. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  void forgetFailures() {
    failures.clear();
  }

  /** Asked for until now, warm and cold. */
  long requests() {
    return warmReads.get() + coldReads.get();
  }

  long warmReads() {
    return warmReads.get();
  }

  @Override
  public void close() {
    closed = true;
    for (Thread thread : threads) {
      try {
        thread.join(10_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
