package io.podium.chaos.harness;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Kills one of several processes again and again with {@code kill -9}, and starts it again a moment
 * later. A process that does not answer yet is left alone, so that there is always something to
 * kill. On a thread of its own.
 */
public final class Killer implements AutoCloseable {
  private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int LONGEST_DEATH_MS = 1_000;

  private final List<Member> victims;
  private final Predicate<Member> isUp;
  private final SplittableRandom random;
  private final Consumer<String> news;
  private final AtomicInteger kills = new AtomicInteger();
  private final Thread thread;
  private volatile boolean stopped;
  private volatile @Nullable RuntimeException failure;

  /**
   * @param when whether the next one is due; asked often
   * @param most kills in all
   */
  public Killer(
      List<Member> victims,
      Predicate<Member> isUp,
      BooleanSupplier when,
      int most,
      SplittableRandom random,
      Consumer<String> news) {
    this.victims = victims;
    this.isUp = isUp;
    this.random = random;
    this.news = news;
    this.thread = new Thread(() -> run(when, most), "killer");
    thread.start();
  }

  /** Due after a pause that is drawn anew each time. */
  public static BooleanSupplier every(Duration least, Duration most, SplittableRandom random) {
    return new BooleanSupplier() {
      private long due = System.nanoTime() + least.toNanos();

      @Override
      public boolean getAsBoolean() {
        if (System.nanoTime() - due < 0) {
          return false;
        }
        due = System.nanoTime() + random.nextLong(least.toNanos(), most.toNanos());
        return true;
      }
    };
  }

  private void run(BooleanSupplier when, int most) {
    try {
      while (!stopped && kills.get() < most) {
        if (when.getAsBoolean()) {
          killOne();
        }
        LockSupport.parkNanos(LOOK_EVERY);
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void killOne() {
    Member victim = victims.get(random.nextInt(victims.size()));
    while (!stopped && !isUp.test(victim)) {
      LockSupport.parkNanos(LOOK_EVERY);
    }
    if (stopped) {
      return;
    }
    victim.kill();
    kills.incrementAndGet();
    news.accept("kill -9 " + victim.name());
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_DEATH_MS)));
    victim.start();
  }

  public int kills() {
    return kills.get();
  }

  /** No more kills; what it killed last is running again. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    RuntimeException broken = failure;
    if (broken != null) {
      throw broken;
    }
  }
}
