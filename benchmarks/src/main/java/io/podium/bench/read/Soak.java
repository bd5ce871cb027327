package io.podium.bench.read;

import io.podium.bench.Figure;
import io.podium.bench.Measurement;
import io.podium.bench.Mode;
import io.podium.bench.Progress;
import io.podium.bench.Scratch;
import io.podium.bench.Text;
import io.podium.listing.ListingKey;
import io.podium.listing.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * SOAK: listings and prices change all the time while the engine is asked as fast as it answers;
 * what it takes of memory at the end beside what it took when it was warm. An answer other than 2xx
 * or 3xx ends it. A minute, the quick form half of one; {@code
 * PODIUM_JAVA_OPTS=-Dpodium.soak.seconds=1800} for more.
 */
public final class Soak implements Measurement {
  private static final int CONNECTIONS = 32;
  private static final int SLICES = 20;
  private static final long CHANGE_EVERY_NANOS = 50_000_000;
  private static final double MIB = 1 << 20;
  private static final String HIT = "podium; hit; ttl=1";
  private static final List<String> MEMORY =
      List.of(
          "podium_jvm_heap_bytes",
          "podium_jvm_direct_bytes",
          "podium_netty_direct_bytes",
          "podium_jvm_mapped_bytes");

  @Override
  public List<String> jvmFlags() {
    return List.of("-Xmx256m");
  }

  @Override
  public List<Figure> measure(Mode mode, Progress progress) {
    return Scratch.use(
        dir -> {
          try (ReadShop shop = new ReadShop(dir, categories())) {
            shop.cards(400);
            shop.publish(ReadShop.WHOLE, 1_000, 1, 100);
            change(shop, 1);
            try (EngineServer engine = EngineServer.start(dir, shop.stores(), List.of())) {
              hold(engine);
              Loaded load = new Loaded(engine, wrk(dir), ReadShop.PAGE);
              int seconds = Integer.getInteger("podium.soak.seconds", mode == Mode.FULL ? 60 : 30);
              return soak(shop, engine, load, seconds, progress);
            }
          }
        });
  }

  /**
   * Each page is held before the machine is busy: what a cold engine does under load is for R9, and
   * a saturated machine in which even the store starves for no budget.
   */
  private static void hold(EngineServer engine) {
    Answer.until(engine.port(), ReadShop.PAGE, "gzip", HIT);
    for (String category : categories()) {
      Answer.until(engine.port(), ReadShop.PAGE + "&category=" + category, "gzip", HIT);
    }
  }

  private static List<String> categories() {
    List<String> categories = new ArrayList<>();
    for (int i = 0; i < SLICES; i++) {
      categories.add("c" + i);
    }
    return categories;
  }

  private static void change(ReadShop shop, long number) {
    for (int i = 0; i < SLICES; i++) {
      ListingKey key = new ListingKey(ReadShop.BOARD, Slice.of(Map.of("category", "c" + i)));
      shop.publish(key, 1_000 + number, (int) (1 + (number + i) % 300), 100);
    }
    shop.price((int) (1 + number % 400), 10_000 + number);
  }

  private static Wrk wrk(Path dir) throws IOException {
    Path script = dir.resolve("soak.lua");
    Files.writeString(
        script,
        """
        local n = 0
        function request()
          n = n + 1
          return wrk.format("GET", string.format("/v1/rankings/%s?category=c%%d&size=20", n %% %d))
        end
        """
            .formatted(ReadShop.BOARD, SLICES),
        StandardCharsets.UTF_8);
    return new Wrk(CONNECTIONS, List.of("-s", script.toString()));
  }

  private static List<Figure> soak(
      ReadShop shop, EngineServer engine, Loaded load, int seconds, Progress progress) {
    AtomicBoolean over = new AtomicBoolean();
    Thread changes = new Thread(() -> change(shop, over), "changes");
    changes.setDaemon(true);
    changes.start();
    try {
      long requests = run(load, Math.max(10, seconds / 6), (part, text) -> {});
      double[] before = memory(engine);
      requests += run(load, seconds, progress);
      double[] after = memory(engine);
      Map<String, String> beside = new LinkedHashMap<>();
      beside.put("requests, none failed", Text.si((double) requests));
      for (int i = 0; i < before.length; i++) {
        beside.put(
            MEMORY.get(i), Text.number(before[i]) + " MiB, then " + Text.number(after[i]) + " MiB");
      }
      return List.of(
          Figure.count("heap", after[0] / before[0], beside),
          Figure.count("outside", sum(after) / sum(before), Map.of()));
    } finally {
      over.set(true);
    }
  }

  private static void change(ReadShop shop, AtomicBoolean over) {
    for (long number = 2; !over.get(); number++) {
      change(shop, number);
      LockSupport.parkNanos(CHANGE_EVERY_NANOS);
    }
  }

  private static long run(Loaded load, int seconds, Progress progress) {
    long requests = 0;
    long start = System.nanoTime();
    for (double done = 0; done < 1; ) {
      requests += load.run(Duration.ofSeconds(5)).operations();
      done = (System.nanoTime() - start) / 1e9 / seconds;
      progress.at(Math.min(1, done), requests + " requests");
    }
    return requests;
  }

  /** MiB, each after a collection. */
  private static double[] memory(EngineServer engine) {
    engine.collect();
    return MEMORY.stream().mapToDouble(name -> engine.metric(name) / MIB).toArray();
  }

  /** All but the heap. */
  private static double sum(double[] memory) {
    return memory[1] + memory[2] + memory[3];
  }
}
