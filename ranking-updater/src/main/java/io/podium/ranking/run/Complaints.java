package io.podium.ranking.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/**
 * Log lines about what keeps failing: of each topic at most one in ten seconds, which tells how
 * many were left out. Thread-safe; topics are few and fixed.
 */
public final class Complaints {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Logger log;
  private final Map<String, Topic> topics = new ConcurrentHashMap<>();

  private record Topic(long toldAt, long leftOut) {}

  public Complaints(Logger log) {
    this.log = log;
  }

  public void warn(String topic, String line) {
    long leftOut = due(topic);
    if (leftOut >= 0) {
      log.warn("{}{}", line, suffix(leftOut));
    }
  }

  public void error(String topic, String line, Throwable cause) {
    long leftOut = due(topic);
    if (leftOut >= 0) {
      log.error("{}{}", line, suffix(leftOut), cause);
    }
  }

  private static String suffix(long leftOut) {
    return leftOut == 0 ? "" : " (" + leftOut + " more times since the last line)";
  }

  /** How many lines were left out since the last one; -1 when this one is left out too. */
  private long due(String topic) {
    long now = System.nanoTime();
    long[] answer = new long[1];
    topics.compute(
        topic,
        (name, last) -> {
          if (last == null || now - last.toldAt >= PAUSE_NANOS) {
            answer[0] = last == null ? 0 : last.leftOut;
            return new Topic(now, 0);
          }
          answer[0] = -1;
          return new Topic(last.toldAt, last.leftOut + 1);
        });
    return answer[0];
  }
}
