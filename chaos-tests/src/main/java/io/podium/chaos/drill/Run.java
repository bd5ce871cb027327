package io.podium.chaos.drill;

import io.podium.chaos.check.History;
import io.podium.chaos.harness.Closing;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a drill is run with, and where it says what it found. Used by the drill's thread, and by
 * whoever ends a drill that does not end by itself.
 */
public final class Run {
  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(50);

  private final Stage stage;
  private final Scale scale;
  private final SplittableRandom random;
  private final Consumer<String> news;
  private final List<Check> checks = new ArrayList<>();
  private final Map<String, String> facts = new LinkedHashMap<>();
  private final Deque<AutoCloseable> kept = new ArrayDeque<>();
  private @Nullable History history;

  Run(Stage stage, Scale scale, long seed, Consumer<String> news) {
    this.stage = stage;
    this.scale = scale;
    this.random = new SplittableRandom(seed);
    this.news = news;
  }

  /** Where shops are open. */
  Stage stage() {
    return stage;
  }

  public boolean isLong() {
    return scale == Scale.LONG;
  }

  /** Another source of chance, drawn from the run's seed. */
  public SplittableRandom random() {
    return random.split();
  }

  /** One line for whoever looks on. Safe from any thread. */
  public void tell(String line) {
    news.accept(line);
  }

  /** Closes it at the end of the drill, however it ends; what was kept last goes first. */
  public synchronized <T extends AutoCloseable> T keep(T resource) {
    kept.push(resource);
    return resource;
  }

  /**
   * @param promise the one that is broken when it does not hold
   * @param evidence what was seen
   */
  public void check(Promise promise, String claim, boolean holds, String evidence) {
    synchronized (this) {
      checks.add(new Check(promise, claim, holds, evidence));
    }
    tell((holds ? "ok: " : "BROKEN: ") + claim + ": " + evidence);
  }

  /** Something that is told and not judged. */
  public synchronized void fact(String name, String value) {
    facts.put(name, value);
  }

  /**
   * Waits for a condition.
   *
   * @throws DrillException when it does not come about in time
   */
  public void await(String what, Duration patience, Callable<Boolean> condition) throws Exception {
    if (!comes(patience, condition)) {
      throw new DrillException("not within " + patience.toSeconds() + " s: " + what);
    }
  }

  /** Waits for a condition; whether it came about in time. */
  public boolean comes(Duration patience, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      LockSupport.parkNanos(LOOK_EVERY);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
    return true;
  }

  /** What is told second by second in the report. */
  synchronized void history(History of) {
    history = of;
  }

  synchronized @Nullable History history() {
    return history;
  }

  synchronized List<Check> checks() {
    return List.copyOf(checks);
  }

  synchronized Map<String, String> facts() {
    return new LinkedHashMap<>(facts);
  }

  void close() {
    List<AutoCloseable> all;
    synchronized (this) {
      all = List.copyOf(kept);
      kept.clear();
    }
    Closing.all(all);
  }
}
