package io.podium.read;

import io.podium.store.hot.HotTier;
import org.slf4j.LoggerFactory;

/**
 * Loads on another thread what every start needs, while the command line and the configuration are
 * read: the log, and the hot tier's library. Nothing depends on it but the time of the start.
 */
final class HeadStart {
  private HeadStart() {}

  static void begin() {
    Thread thread =
        new Thread(
            () -> {
              var unused = LoggerFactory.getILoggerFactory();
              HotTier.prepare();
            },
            "podium-head-start");
    thread.setDaemon(true);
    thread.start();
  }
}
