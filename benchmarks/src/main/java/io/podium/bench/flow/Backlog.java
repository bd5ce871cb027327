package io.podium.bench.flow;

import io.podium.bench.MeasurementException;
import io.podium.bench.updater.SalesTraffic;
import io.podium.config.StoresConfig.RedisLimits;
import io.podium.ranking.stream.RedisEventLog;
import io.podium.store.redis.RedisLink;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Puts events into the stream as ingestion does, without HTTP: some requests on the way at once.
 */
final class Backlog implements AutoCloseable {
  private static final int REQUEST = 500;
  private static final int ON_THE_WAY = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final RedisLink link;
  private final RedisEventLog log;
  private final SalesTraffic traffic;
  private long events;
  private long bytes;

  Backlog(String uri, SalesTraffic traffic) {
    this.link =
        RedisLink.open(
            "redis-events", uri, new RedisLimits(PATIENCE, PATIENCE, PATIENCE, PATIENCE, 1_000));
    this.log = new RedisEventLog(link, Integer.MAX_VALUE);
    this.traffic = traffic;
  }

  /** Returns when the stream has them all. */
  void append(int count) {
    Deque<CompletableFuture<Void>> onTheWay = new ArrayDeque<>();
    try {
      for (int at = 0; at < count; at += REQUEST) {
        if (onTheWay.size() == ON_THE_WAY) {
          onTheWay.removeFirst().join();
        }
        onTheWay.add(
            log.append(next(Math.min(REQUEST, count - at)), List.of()).toCompletableFuture());
      }
      onTheWay.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw new MeasurementException("the stream took no events: " + e.getMessage(), e);
    }
  }

  private List<byte[]> next(int count) {
    List<byte[]> next = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      byte[] json = EventJson.of(traffic.next());
      bytes += json.length;
      next.add(json);
    }
    events += count;
    return next;
  }

  /** Events appended since the start. */
  long events() {
    return events;
  }

  /** Mean size of an event. */
  double bytesPerEvent() {
    return (double) bytes / events;
  }

  @Override
  public void close() {
    link.close();
  }
}
