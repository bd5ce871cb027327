package io.podium.bench.read;

import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.Mode;
import io.podium.bench.Progress;
import io.podium.bench.Subject;
import io.podium.bench.Text;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * R6: heap allocated by the whole engine process, by the JVM's own count, over a million requests
 * for one warm page; and what else they leave behind.
 */
public final class Allocation implements Measurement {
  private static final int CONNECTIONS = 32;
  private static final long REQUESTS = 1_000_000;
  private static final double MIB = 1 << 20;

  private final WarmEngine warm;

  /**
   * @param warm started by the first of those that ask it
   */
  public Allocation(WarmEngine warm) {
    this.warm = warm;
  }

  @Override
  public List<String> jvmFlags() {
    return WarmEngine.JVM_FLAGS;
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    warm.start();
    progress.at(0, "warming up");
    warm.bring(mode);
    return List.of(measure(warm.engine(), progress));
  }

  private Figure measure(EngineServer engine, Progress progress) {
    Subject load = warm.load(new Wrk(CONNECTIONS, List.of()));
    Map<String, String> beside = new LinkedHashMap<>();
    double allocated = engine.metric("podium_jvm_allocated_bytes_total");
    String before = memory(engine);
    long done = run(load, REQUESTS, progress);
    double bytes = engine.metric("podium_jvm_allocated_bytes_total") - allocated;
    beside.put("requests", Text.si((double) done));
    beside.put("memory before", before);
    beside.put("memory after", memory(engine));
    return Figure.count("request", bytes / done, beside);
  }

  private static long run(Subject load, long requests, Progress progress) {
    long done = 0;
    while (done < requests) {
      done += load.run(Duration.ofSeconds(2)).operations();
      progress.at(Math.min(1, (double) done / requests), "requests");
    }
    return done;
  }

  private static String memory(EngineServer engine) {
    engine.collect();
    return "heap "
        + Text.number(engine.metric("podium_jvm_heap_bytes") / MIB)
        + " MiB, direct "
        + Text.number(engine.metric("podium_jvm_direct_bytes") / MIB)
        + " MiB, Netty "
        + Text.number(engine.metric("podium_netty_direct_bytes") / MIB)
        + " MiB, mapped "
        + Text.number(engine.metric("podium_jvm_mapped_bytes") / MIB)
        + " MiB";
  }
}
