package io.podium.bench.jmh.core;

import io.podium.bench.jmh.Operation;
import io.podium.ranking.core.Outcome;
import io.podium.ranking.core.Share;
import io.podium.ranking.event.SalesEvent;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/**
 * An event that comes a second time is known by its source, id and content. Beside the core's table
 * off the heap: a map of texts on it, which at a day's events is gigabytes of objects.
 */
public class Deduplicate extends Operation {
  @Param({"core", "concurrentHashMap"})
  public String design = "core";

  private CoreTraffic traffic = new CoreTraffic("window", Share.WHOLE);
  private final Map<String, Long> seen = new ConcurrentHashMap<>();
  private long now;
  private int at;

  @Setup
  public void open() {
    traffic = new CoreTraffic("window", Share.WHOLE).filled();
    traffic.make();
    traffic.apply();
    for (int i = 0; i < CoreTraffic.CHUNK; i++) {
      SalesEvent.Meta meta = traffic.made(i).meta();
      seen.put(name(meta), meta.contentHash());
      now = Math.max(now, meta.time().toEpochMilli());
    }
  }

  private static String name(SalesEvent.Meta meta) {
    return meta.source() + ' ' + meta.id();
  }

  @Benchmark
  public boolean repeat() {
    SalesEvent event = traffic.made(at++ & (CoreTraffic.CHUNK - 1));
    if (design.equals("core")) {
      return traffic.core.apply(event, now) == Outcome.DUPLICATE;
    }
    Long hash = seen.get(name(event.meta()));
    return hash != null && hash == event.meta().contentHash();
  }
}
