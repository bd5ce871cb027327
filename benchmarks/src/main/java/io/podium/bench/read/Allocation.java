package io.podium.bench.read;

import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.Mode;
import io.podium.bench.Progress;
import io.podium.bench.Scratch;
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
  private static final long WARM = 200_000;
  private static final double MIB = 1 << 20;

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xmx256m");
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    return Scratch.use(
        dir -> {
          try (ReadShop shop = new ReadShop(dir, List.of("beauty"))) {
            shop.cards(100);
            shop.publish(ReadShop.WHOLE, 1_000, 1, 100);
            try (EngineServer engine =
                EngineServer.start(dir, shop.stores(), List.of("engine.eventLoops=1"))) {
              Answer.until(engine.port(), ReadShop.PAGE, "gzip", "podium; hit; ttl=1");
              return List.of(measure(engine, progress));
            }
          }
        });
  }

  private static Figure measure(EngineServer engine, Progress progress) {
    Loaded load = new Loaded(engine, new Wrk(CONNECTIONS, List.of()), ReadShop.PAGE);
    run(load, WARM, (part, text) -> progress.at(0, text));
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

  private static long run(Loaded load, long requests, Progress progress) {
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
