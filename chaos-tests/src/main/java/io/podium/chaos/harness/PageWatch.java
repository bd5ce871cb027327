package io.podium.chaos.harness;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads one page again and again, and keeps what no reader may see: an answer other than 200, an
 * epoch that goes back, a page with a hole. On a thread of its own; read its findings after {@link
 * #close}.
 */
public final class PageWatch implements AutoCloseable {
  private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(50);

  private final Api api;
  private final String url;
  private final Thread thread;
  private final Map<Integer, Integer> byStatus = new TreeMap<>();
  private volatile long epoch;
  private int wentBack;
  private int broken;
  private volatile boolean stopped;

  public PageWatch(Api api, String url) {
    this.api = api;
    this.url = url;
    this.thread = new Thread(this::run, "page-watch");
    thread.start();
  }

  private void run() {
    try {
      while (!stopped) {
        look(api.get(url));
        LockSupport.parkNanos(EVERY);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Api.Answer answer) {
    byStatus.merge(answer.status(), 1, Integer::sum);
    JsonNode page = answer.body();
    if (answer.status() != 200 || page == null) {
      return;
    }
    long seen = page.path("epoch").asLong();
    wentBack += seen < epoch ? 1 : 0;
    epoch = Math.max(epoch, seen);
    int rank = 0;
    for (JsonNode item : page.path("items")) {
      rank++;
      if (item.path("rank").asInt() != rank) {
        broken++;
        return;
      }
    }
  }

  /** The newest epoch that was seen. */
  public long epoch() {
    return epoch;
  }

  /** Whether every answer was whole, and none older than one before. */
  public boolean isClean() {
    return byStatus.keySet().equals(java.util.Set.of(200)) && wentBack == 0 && broken == 0;
  }

  /** For people. */
  public String findings() {
    return "answers by status %s, %d epochs went back, %d pages with a hole"
        .formatted(byStatus, wentBack, broken);
  }

  @Override
  public void close() {
    stopped = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
