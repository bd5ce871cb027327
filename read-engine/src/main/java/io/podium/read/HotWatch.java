package io.podium.read;

import io.podium.store.hot.HotStats;
import io.podium.store.hot.HotTier;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks what an earlier run has left in the hot tier, then looks at its head-room now and then,
 * says so before it is full, and tells it what is in use elsewhere. On a thread of its own.
 */
final class HotWatch {
  private static final Logger LOG = LoggerFactory.getLogger(HotWatch.class);
  private static final long EVERY_S = 5;
  private static final long CHECK_AFTER_S = 1;
  private static final int LOW_PERCENT = 10;

  private final HotTier hot;
  private final Runnable tellUse;
  private final Thread thread;
  private volatile int freePercent = 100;
  private int removed;

  /**
   * @param tellUse tells the tier what is in use elsewhere
   */
  HotWatch(HotTier hot, Runnable tellUse) {
    this.hot = hot;
    this.tellUse = tellUse;
    this.thread = new Thread(this::run, "podium-hot-watch");
    thread.setDaemon(true);
  }

  /** Call when the ports are open: the check goes through all that is held. */
  void start() {
    thread.start();
  }

  /** Less than a tenth is left: values that are in use will soon make room for others. */
  boolean isLow() {
    return freePercent < LOW_PERCENT;
  }

  private void run() {
    try {
      // Reads check their own values until then; the first of them need the processor more.
      TimeUnit.SECONDS.sleep(CHECK_AFTER_S);
      while (!Thread.currentThread().isInterrupted()) {
        look();
        TimeUnit.SECONDS.sleep(EVERY_S);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whatever goes wrong once, the next look is taken. */
  private void look() {
    try {
      check();
      look(hot.stats());
      tellUse.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("a look at the hot tier failed, the next one is in {} s", EVERY_S, e);
    }
  }

  /** Does something the first time only. */
  private void check() {
    int before = removed;
    removed = hot.verify();
    if (removed > before) {
      LOG.warn("{} damaged values of an earlier run are removed from the hot tier", removed);
    }
  }

  /** One line when it becomes low, one when that is over. */
  private void look(HotStats stats) {
    boolean was = isLow();
    freePercent = stats.freePercent();
    if (isLow() && !was) {
      LOG.warn(
          "the hot tier has {} % left ({} of {} entries): raise engine.hotTier.entries",
          freePercent, stats.entries(), stats.capacity());
    } else if (was && !isLow()) {
      LOG.info("the hot tier has {} % left again", freePercent);
    }
  }

  /** Waits for a look that is going on: the tier can be closed after. */
  void stop() {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(EVERY_S));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
