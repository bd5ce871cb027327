package io.podium.chaos.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.podium.chaos.check.Answer;
import io.podium.chaos.check.History;
import io.podium.chaos.check.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One client who reads a listing page by page to its end, again and again, with a pause at each
 * page in which newer epochs come. On a thread of its own.
 */
public final class Walker implements AutoCloseable {
  private static final int SIZE = 20;
  private static final Answer.Page UNREADABLE =
      new Answer.Page(0, "", 0, 1, List.of(), List.of(), "unreadable");
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(150);

  private final Api api;
  private final String engine;
  private final String listing;
  private final History history;
  private final Thread thread = new Thread(this::run, "walker");
  private volatile boolean stopped;

  /**
   * @param listing without the engine and the size
   */
  public Walker(Api api, String engine, String listing, History history) {
    this.api = api;
    this.engine = engine;
    this.listing = listing;
    this.history = history;
  }

  public void start() {
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!stopped) {
        history.add(walk());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Walk walk() throws InterruptedException {
    List<Answer.Page> pages = new ArrayList<>();
    String next = listing + "?size=" + SIZE;
    while (!next.isEmpty() && !stopped) {
      JsonNode json = api.json(engine + next);
      LockSupport.parkNanos(PAUSE);
      if (json == null) {
        return new Walk(pages, SIZE, false);
      }
      Answer.Page page = PageReading.page(bytes(json));
      // What cannot be read counts as a page without entries.
      pages.add(page == null ? UNREADABLE : page);
      next = json.path("next").asText("");
    }
    return new Walk(pages, SIZE, next.isEmpty());
  }

  private static byte[] bytes(JsonNode json) {
    try {
      return new ObjectMapper().writeValueAsBytes(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("what was read as JSON can be written", e);
    }
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
