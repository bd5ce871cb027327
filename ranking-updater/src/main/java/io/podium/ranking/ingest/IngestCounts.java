package io.podium.ranking.ingest;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What ingestion did since the start: requests by status, and events accepted. Thread-safe; bounded
 * by the statuses there are.
 */
public final class IngestCounts {
  private final LongAdder accepted = new LongAdder();
  private final Map<Integer, LongAdder> byStatus = new ConcurrentHashMap<>();

  void accepted(int events) {
    accepted.add(events);
    answered(202);
  }

  void answered(int status) {
    byStatus.computeIfAbsent(status, s -> new LongAdder()).increment();
  }

  /** Events that are safely in their streams. */
  public long accepted() {
    return accepted.sum();
  }

  public Map<Integer, Long> byStatus() {
    Map<Integer, Long> copy = new TreeMap<>();
    byStatus.forEach((status, n) -> copy.put(status, n.sum()));
    return copy;
  }
}
