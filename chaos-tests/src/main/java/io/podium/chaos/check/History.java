package io.podium.chaos.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** All that was seen in one run, in the order in which it was noted. Safe from any thread. */
public final class History {
  /** Beyond these nothing is noted any more: a drill of a minute stays far below. */
  private static final int MOST = 500_000;

  /**
   * What a read engine told of itself.
   *
   * @param values by name of the metric and its labels
   */
  public record Gauge(long atNanos, String node, Map<String, Double> values) {}

  /**
   * The time of a fault.
   *
   * @param toNanos Long.MAX_VALUE while it lasts
   */
  public record Band(String label, long fromNanos, long toNanos) {}

  private final long startNanos = System.nanoTime();
  private final ConcurrentLinkedQueue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Walk> walks = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Gauge> gauges = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Long> acknowledged = new ConcurrentLinkedQueue<>();
  private final List<Band> bands = new ArrayList<>();
  private final List<Long> losses = new ArrayList<>();
  private final AtomicLong noted = new AtomicLong();

  /** Nanoseconds since the run began. */
  public long now() {
    return System.nanoTime() - startNanos;
  }

  public void add(Answer answer) {
    if (noted.incrementAndGet() <= MOST) {
      answers.add(answer);
    }
  }

  public void add(Walk walk) {
    walks.add(walk);
  }

  public void add(Gauge gauge) {
    gauges.add(gauge);
  }

  /** A batch of events was acknowledged now. */
  public void acknowledged(int events) {
    for (int i = 0; i < events && noted.incrementAndGet() <= MOST; i++) {
      acknowledged.add(now());
    }
  }

  public synchronized void faultBegins(String label) {
    bands.add(new Band(label, now(), Long.MAX_VALUE));
  }

  /** Ends those that last. */
  public synchronized void faultEnds() {
    long now = now();
    bands.replaceAll(
        b -> b.toNanos() == Long.MAX_VALUE ? new Band(b.label(), b.fromNanos(), now) : b);
  }

  public synchronized List<Band> bands() {
    return List.copyOf(bands);
  }

  /** An engine is gone with all it held, and not started yet: what answers next is another one. */
  public synchronized void engineLost() {
    losses.add(now());
  }

  public synchronized List<Long> losses() {
    return List.copyOf(losses);
  }

  public List<Answer> answers() {
    return List.copyOf(answers);
  }

  public List<Walk> walks() {
    return List.copyOf(walks);
  }

  public List<Gauge> gauges() {
    return List.copyOf(gauges);
  }

  /** A moment for each acknowledged event. */
  public List<Long> acknowledgements() {
    return List.copyOf(acknowledged);
  }
}
