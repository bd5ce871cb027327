package io.podium.read;

import io.podium.store.hot.HotTier;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/**
 * Loads on another thread what every start needs, while the command line and the configuration are
 * read: the log, and the hot tier's library. Nothing depends on it but the time of the start.
 */
final class HeadStart {
  private static final CountDownLatch LOG = new CountDownLatch(1);

  private static volatile boolean begun;

  private HeadStart() {}

  static void begin() {
    begun = true;
    Thread thread = new Thread(HeadStart::run, "podium-head-start");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether this process is {@code podium serve}. */
  static boolean isBegun() {
    return begun;
  }

  private static void run() {
    openLog();
    HotTier.prepare();
  }

  private static void openLog() {
    try {
      var unused = LoggerFactory.getILoggerFactory();
    } finally {
      LOG.countDown();
    }
  }

  /** Until then every line, of any level, would be kept and told at the end. */
  static void awaitLog() throws InterruptedException {
    if (begun) {
      LOG.await();
    }
  }
}
