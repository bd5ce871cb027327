package io.podium.ranking.archive;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was found damaged on disk: logged, counted, and the newest of it kept for whoever asks.
 * Thread-safe.
 */
public final class Damage {
  private static final Logger LOG = LoggerFactory.getLogger(Damage.class);
  private static final int KEPT = 20;

  private final List<String> newest = new ArrayList<>();
  private long count;

  /**
   * @param what is wrong, and what was done about it
   */
  public synchronized void found(Path file, String what) {
    String line = file + ": " + what;
    count++;
    // The same file may be read again and again.
    if (!newest.contains(line)) {
      newest.add(line);
      if (newest.size() > KEPT) {
        newest.remove(0);
      }
      LOG.warn("{}", line);
    }
  }

  /** One line each, oldest first. */
  public synchronized List<String> newest() {
    return List.copyOf(newest);
  }

  public synchronized long count() {
    return count;
  }
}
